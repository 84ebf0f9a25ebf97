// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "flow.hpp"
#include "sheet_values.hpp"
#include "sheets.hpp"
#include "xml.hpp"
#include "zip_parts.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace document_package
{

namespace
{

namespace json = penstock::json;

constexpr std::size_t most_repeated = std::size_t{1} << 30;

// How often a row or a cell is repeated.
std::size_t repeated(pugi::xml_node node, std::string_view attribute)
{
    const std::string_view told = attribute_of(node, attribute);
    std::size_t count = 1;
    std::from_chars(told.data(), told.data() + told.size(), count);
    return std::clamp<std::size_t>(count, 1, most_repeated);
}

// The next node behind another in a root, in order; null behind the last. Its children are left out
// unless `down`.
pugi::xml_node node_behind(pugi::xml_node node, pugi::xml_node root, bool down)
{
    if (down && node.first_child())
        return node.first_child();
    while (node != root && !node.next_sibling())
        node = node.parent();
    return node == root ? pugi::xml_node() : node.next_sibling();
}

class open_document_workbook final : public sheets
{
public:
    open_document_workbook(zip_parts& parts, const office_limits& limits)
        : content_(parts.take("content.xml"), "content.xml", limits.memory),
          most_(limits.text),
          row_(limits.text)
    {
        const pugi::xml_node body = child_of(content_.root(), "body");
        next_ = child_of(body, "spreadsheet").first_child();
    }

    bool next_sheet() override
    {
        while (next_ && local_name(next_) != "table")
            next_ = next_.next_sibling();
        if (!next_)
            return false;
        table_ = next_;
        next_ = next_.next_sibling();
        name_ = penstock::detail::repaired_utf8(attribute_of(table_, "name"));
        at_ = table_.first_child();
        number_ = 0;
        again_ = 0;
        return true;
    }

    [[nodiscard]] const std::string& name() const override { return name_; }

    bool next_row(sheet_row& row) override
    {
        if (again_ > 0)
        {
            --again_;
            row_.count_again(++last_.number);
            row = last_;
            return true;
        }
        while (at_)
        {
            const bool is_row = local_name(at_) == "table-row";
            const pugi::xml_node found = at_;
            at_ = node_behind(at_, table_, !is_row);
            if (!is_row)
                continue;
            const std::size_t times = repeated(found, "number-rows-repeated");
            read_row(found);
            const std::size_t number = number_ + 1;
            number_ += times;
            if (row_.empty())
                continue;
            last_ = {number, row_.take()};
            again_ = times - 1;
            row = last_;
            return true;
        }
        return false;
    }

private:
    void read_row(pugi::xml_node found)
    {
        row_.begin(name_, number_ + 1);
        std::size_t column = 0;
        for (const pugi::xml_node cell : found.children())
        {
            const std::string_view kind = local_name(cell);
            if (kind != "table-cell" && kind != "covered-table-cell")
                continue;
            const std::size_t times = repeated(cell, "number-columns-repeated");
            const json::value value = value_of(cell);
            for (std::size_t i = 0; i < times && !value.is_null(); ++i)
                row_.set(column + i, value);
            column += times;
        }
    }

    [[nodiscard]] json::value value_of(pugi::xml_node cell) const
    {
        const std::string_view type = attribute_of(cell, "value-type");
        if (type == "float" || type == "percentage" || type == "currency")
            return number_of(attribute_of(cell, "value"));
        if (type == "boolean")
            return attribute_of(cell, "boolean-value") == "true";
        if (type == "date")
            return json::value(penstock::detail::repaired_utf8(attribute_of(cell, "date-value")));
        const std::string text = open_document_text(cell, most_);
        return text.empty() ? json::value() : json::value(text);
    }

    xml content_;
    std::size_t most_;
    pugi::xml_node next_;  // the next sheet, or before it
    pugi::xml_node table_; // the sheet
    pugi::xml_node at_;    // what is next in it
    std::string name_;
    std::size_t number_ = 0; // of the rows so far
    sheet_row last_;
    std::size_t again_ = 0; // how often the last row comes again
    row_builder row_;
};

} // namespace

std::unique_ptr<sheets> open_document_sheets(zip_parts& parts, const office_limits& limits)
{
    return std::make_unique<open_document_workbook>(parts, limits);
}

} // namespace document_package
