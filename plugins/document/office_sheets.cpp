// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sheet_dates.hpp"
#include "sheet_rows.hpp"
#include "sheet_values.hpp"
#include "sheets.hpp"
#include "xml.hpp"
#include "zip_parts.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace document_package
{

namespace
{

namespace json = penstock::json;

template <class Number>
Number number_in(std::string_view text, Number fallback)
{
    std::from_chars(text.data(), text.data() + text.size(), fallback);
    return fallback;
}

// The text of a shared or inline string, without its pronunciation.
std::string string_in(pugi::xml_node item)
{
    std::string text;
    for (const pugi::xml_node each : item.children())
        if (local_name(each) == "t")
            text += text_in(each);
        else if (local_name(each) == "r")
            text += text_in(child_of(each, "t"));
    return text;
}

// The column that a reference as AB12 begins with, counted from 0; `next` if it has none.
std::size_t column_of(std::string_view reference, std::size_t next)
{
    std::size_t column = 0;
    for (const char c : reference.substr(0, 4))
        if (c >= 'A' && c <= 'Z')
            column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    return column == 0 ? next : column - 1;
}

class office_workbook final : public sheets
{
public:
    office_workbook(zip_parts& parts, const std::string& path, const office_limits& limits)
        : parts_(parts), limits_(limits), row_(limits.text)
    {
        const std::vector<relationship> related = relationships_of(parts, path, limits);
        const relationships_by_id by_id = indexed(related);
        const xml workbook(parts.take(path), path, limits.memory);
        const std::string_view since =
            attribute_of(child_of(workbook.root(), "workbookPr"), "date1904");
        since_1904_ = since == "1" || since == "true";
        for (const pugi::xml_node each : child_of(workbook.root(), "sheets").children())
        {
            const auto found = by_id.find(attribute_of(each, "id"));
            if (found != by_id.end() && found->second->type == "worksheet")
                list_.push_back({penstock::detail::repaired_utf8(attribute_of(each, "name")),
                                 found->second->target});
        }
        for (const relationship& each : related)
        {
            if (each.type == "sharedStrings" && parts.has(each.target))
                read_strings(each.target);
            else if (each.type == "styles" && parts.has(each.target))
                read_styles(each.target);
        }
    }

    bool next_sheet() override
    {
        if (next_ == list_.size())
            return false;
        const place& sheet = list_[next_++];
        name_ = sheet.name;
        rows_.reset(); // before there are others
        rows_ = std::make_unique<sheet_rows>(parts_.take(sheet.path), sheet.path, limits_.memory);
        number_ = 0;
        return true;
    }

    [[nodiscard]] const std::string& name() const override { return name_; }

    bool next_row(sheet_row& row) override
    {
        while (const pugi::xml_node found = rows_->next())
        {
            number_ = number_in(attribute_of(found, "r"), number_ + 1);
            row_.begin(name_, number_);
            std::size_t next = 0;
            for (const pugi::xml_node cell : found.children())
            {
                if (local_name(cell) != "c")
                    continue;
                next = column_of(attribute_of(cell, "r"), next);
                if (json::value value = value_of(cell); !value.is_null())
                    row_.set(next, std::move(value));
                ++next;
            }
            if (row_.empty())
                continue;
            row = {number_, row_.take()};
            return true;
        }
        return false;
    }

private:
    struct place
    {
        std::string name;
        std::string path;
    };

    void read_strings(const std::string& path)
    {
        const xml content(parts_.take(path), path, limits_.memory);
        for (const pugi::xml_node each : content.root().children())
            if (local_name(each) == "si")
                strings_.push_back(string_in(each));
    }

    void read_styles(const std::string& path)
    {
        const xml content(parts_.take(path), path, limits_.memory);
        std::map<int, bool> own;
        for (const pugi::xml_node each : child_of(content.root(), "numFmts").children())
            own[number_in(attribute_of(each, "numFmtId"), -1)] =
                is_date_format(attribute_of(each, "formatCode"));
        for (const pugi::xml_node each : child_of(content.root(), "cellXfs").children())
        {
            if (local_name(each) != "xf")
                continue;
            const int format = number_in(attribute_of(each, "numFmtId"), 0);
            const auto found = own.find(format);
            dates_.push_back(found == own.end() ? is_date_format(format) : found->second);
        }
    }

    [[nodiscard]] json::value value_of(pugi::xml_node cell) const
    {
        const std::string_view type = attribute_of(cell, "t");
        if (type == "inlineStr")
            return texts(string_in(child_of(cell, "is")));
        const std::string told = text_in(child_of(cell, "v"));
        if (type == "s")
        {
            const std::size_t index = number_in(told, strings_.size());
            return index < strings_.size() ? texts(strings_[index]) : json::value();
        }
        if (type == "b")
            return told.empty() ? json::value() : json::value(told == "1");
        if (type == "str" || type == "e" || type == "d")
            return texts(told);
        json::value number = number_of(told);
        const std::size_t style = number_in(attribute_of(cell, "s"), dates_.size());
        if (number.is_number() && style < dates_.size() && dates_[style])
            if (const auto date = date_of_number(number.to_number<double>(), since_1904_))
                return json::value(*date);
        return number;
    }

    static json::value texts(std::string_view text)
    {
        return text.empty() ? json::value() : json::value(text);
    }

    zip_parts& parts_;
    const office_limits& limits_;
    std::vector<place> list_;
    std::vector<std::string> strings_;
    std::vector<bool> dates_; // whether a style is that of a date
    bool since_1904_ = false;
    std::size_t next_ = 0;
    std::string name_;
    std::unique_ptr<sheet_rows> rows_; // of the sheet
    std::size_t number_ = 0;
    row_builder row_;
};

} // namespace

std::unique_ptr<sheets> office_sheets(zip_parts& parts, const std::string& path,
                                      const office_limits& limits)
{
    return std::make_unique<office_workbook>(parts, path, limits);
}

} // namespace document_package
