// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "flow.hpp"
#include "xml.hpp"

#include "../html/text_builder.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <vector>

namespace document_package
{

namespace
{

constexpr std::size_t most_spaces = 1000; // at once

// What an element is in a text.
enum class mark
{
    none,
    unread,
    text, // of Office: white space is kept
    tab,
    line,
    hyphen,
    spaces,
    paragraph,
    table,
    row,
    cell,
    note
};

struct named_mark
{
    std::string_view name;
    mark is;
};

constexpr named_mark office_marks[] = {
    {"t", mark::text},
    {"tab", mark::tab},
    {"br", mark::line},
    {"cr", mark::line},
    {"noBreakHyphen", mark::hyphen},
    {"p", mark::paragraph},
    {"tbl", mark::table},
    {"tr", mark::row},
    {"tc", mark::cell},
    {"pPr", mark::unread},
    {"rPr", mark::unread},
    {"sectPr", mark::unread},
    {"Fallback", mark::unread},
    {"moveFrom", mark::unread},
    {"del", mark::unread},
    {"instrText", mark::unread},
    {"tblPr", mark::unread},
};

constexpr named_mark open_document_marks[] = {
    {"p", mark::paragraph},   {"h", mark::paragraph},       {"s", mark::spaces},
    {"tab", mark::tab},       {"line-break", mark::line},   {"table", mark::table},
    {"table-row", mark::row}, {"table-cell", mark::cell},   {"covered-table-cell", mark::unread},
    {"note", mark::note},     {"annotation", mark::unread}, {"tracked-changes", mark::unread},
    {"forms", mark::unread},  {"title", mark::unread},      {"desc", mark::unread},
    {"script", mark::unread},
};

class flow
{
public:
    flow(bool is_office, std::size_t most) : is_office_(is_office), most_(most) {}

    void read(pugi::xml_node root)
    {
        read_node(root);
        for (std::size_t i = 0; i < notes_.size(); ++i) // a note may have notes
            read_node(child_of(notes_[i], "note-body"));
    }

    [[nodiscard]] std::string text() const { return penstock::detail::repaired_utf8(text_.text()); }

private:
    void read_node(pugi::xml_node root)
    {
        text_.separate(2);
        walk_xml(
            root, [&](pugi::xml_node node) { return enter(node); },
            [&](pugi::xml_node node) { leave(mark_of(node)); });
        text_.separate(2);
    }

    [[nodiscard]] mark mark_of(pugi::xml_node node) const
    {
        const std::string_view name = local_name(node);
        const auto find = [&](const auto& marks)
        {
            const auto* found = std::ranges::find(marks, name, &named_mark::name);
            return found == std::ranges::end(marks) ? mark::none : found->is;
        };
        return is_office_ ? find(office_marks) : find(open_document_marks);
    }

    bool enter(pugi::xml_node node)
    {
        if (text_.text().size() > most_)
            throw document_error("text: has more than " + std::to_string(most_) +
                                 " bytes; a smaller document was expected");
        if (node.type() != pugi::node_element)
        {
            if (paragraphs_ > 0 && !is_office_)
                text_.add(node.value());
            else if (texts_ > 0)
                text_.add_preformatted(node.value());
            return false;
        }
        const mark is = mark_of(node);
        switch (is)
        {
        case mark::unread: return false;
        case mark::note: notes_.push_back(node); return false;
        case mark::text: ++texts_; break;
        case mark::tab: text_.add_preformatted("\t"); break;
        case mark::line: text_.break_line(); break;
        case mark::hyphen: text_.add_preformatted("-"); break;
        case mark::spaces: text_.add_preformatted(std::string(count_of(node), ' ')); break;
        case mark::paragraph:
            ++paragraphs_;
            end_paragraph();
            break;
        case mark::table:
        case mark::row:
        case mark::cell: begin_or_end(is, 1); break;
        case mark::none: break;
        }
        return true;
    }

    void leave(mark is)
    {
        if (is == mark::text)
            --texts_;
        else if (is == mark::paragraph)
        {
            --paragraphs_;
            end_paragraph();
        }
        else
            begin_or_end(is, -1);
    }

    // Paragraphs of a cell are one line.
    void end_paragraph()
    {
        if (cells_ == 0)
            text_.separate(2);
        else
            text_.add(" ");
    }

    void begin_or_end(mark is, int change)
    {
        if (is == mark::table && cells_ == 0)
            text_.separate(2);
        else if (is == mark::row && cells_ == 0)
            text_.separate(1);
        else if (is == mark::cell)
        {
            cells_ += change;
            if (cells_ == (change > 0 ? 1 : 0))
                text_.next_cell();
        }
    }

    static std::size_t count_of(pugi::xml_node spaces)
    {
        const std::string_view told = attribute_of(spaces, "c");
        std::size_t count = 1;
        std::from_chars(told.data(), told.data() + told.size(), count);
        return std::min(count, most_spaces);
    }

    bool is_office_;
    std::size_t most_; // bytes of text
    html_package::text_builder text_;
    std::vector<pugi::xml_node> notes_;
    int paragraphs_ = 0; // how many are open
    int texts_ = 0;
    int cells_ = 0;
};

} // namespace

std::string office_text(pugi::xml_node root, std::size_t most)
{
    flow reading(true, most);
    reading.read(root);
    return reading.text();
}

std::string open_document_text(pugi::xml_node root, std::size_t most)
{
    flow reading(false, most);
    reading.read(root);
    return reading.text();
}

} // namespace document_package
