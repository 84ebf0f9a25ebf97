// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "dialect_parameters.hpp"

#include "../packets/data_alone.hpp"
#include "../writing/document_writer.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace csv_package
{
namespace
{

namespace json = penstock::json;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

class write final : public writing::document_writer
{
    penstock::parameter<bool> header{
        *this, "header", true, "Whether the first row of a document has the names of the columns."};
    penstock::parameter<std::vector<std::string>> names{
        *this,
        "columns",
        {},
        "The fields to write, in this order; others are left out. If empty, those of the first "
        "packet of a document, and a packet with others fails.",
        penstock::example{json::array{"name", "price"}}};
    dialect_parameters characters{*this};
    penstock::parameter<std::string> separator{
        *this, "separator", ";", "What stands between the values of a field that has several."};
    penstock::parameter<std::string> line_end{*this, "line_end", "crlf", "What ends a row.",
                                              penstock::choices{"crlf", "lf"}};

    void check(penstock::problems& found) const override
    {
        characters.check(found);
        std::set<std::string> seen;
        for (const std::string& each : *names)
            if (each.empty())
                found.add(names, "has an empty name; names of fields were expected");
            else if (!seen.insert(each).second)
                found.add(names, "has \"" + each + "\" twice; each name once was expected");
    }

    void start() override
    {
        dialect_ = characters.value();
        columns_ = *names;
    }

    [[nodiscard]] bool is_written(const penstock::packet& packet) const override
    {
        return packet.field_count() != 0 || !packet.data().empty();
    }

    void begin(std::string& document, const penstock::packet& first) override
    {
        refuse_data_alone(first);
        if (names->empty())
        {
            columns_.clear();
            for (const auto& field : first.fields())
                columns_.emplace_back(std::string_view(field.key()));
            if (std::ranges::find(columns_, "") != columns_.end())
                throw std::invalid_argument("a field has no name, which a column needs");
        }
        if (!*header)
            return;
        for (std::size_t n = 0; n < columns_.size(); ++n)
            append(document, n, columns_[n], columns_[n]);
        end_row(document);
    }

    void add(std::string& document, const penstock::packet& packet, std::size_t /*before*/) override
    {
        refuse_data_alone(packet);
        std::size_t written = 0;
        for (std::size_t n = 0; n < columns_.size(); ++n)
        {
            const json::value* field = packet.find(columns_[n]);
            written += field == nullptr ? 0 : 1;
            append(document, n, columns_[n], text_of(packet, columns_[n], field));
        }
        end_row(document);
        if (names->empty() && written < packet.field_count())
            refuse_other_fields(packet);
    }

    static void refuse_data_alone(const penstock::packet& packet)
    {
        if (packets::is_data_alone(packet))
            throw std::invalid_argument(packets::needs_fields);
    }

    void refuse_other_fields(const penstock::packet& packet) const
    {
        for (const auto& field : packet.fields())
            if (std::ranges::find(columns_, std::string_view(field.key())) == columns_.end())
                throw std::invalid_argument("field \"" + std::string(field.key()) +
                                            "\": is none of the first packet of its document; "
                                            "fields that are columns were expected");
    }

    void describe(penstock::packet& document) const override
    {
        document.set_meta("mimetype",
                          std::string_view(dialect_.delimiter == '\t' ? "text/tab-separated-values"
                                                                      : "text/csv"));
        document.set_meta("charset", "utf-8");
    }

    // The text of a field, which lives until the next call.
    std::string_view text_of(const penstock::packet& packet, const std::string& name,
                             const json::value* field)
    {
        if (field == nullptr)
            return {};
        if (const json::string* text = field->if_string())
            return *text;
        text_.clear();
        if (packet.is_multivalued(name))
        {
            const json::array& several = field->get_array();
            for (std::size_t n = 0; n < several.size(); ++n)
            {
                if (n > 0)
                    text_ += *separator;
                append_text(several[n], name);
            }
        }
        else
        {
            append_text(*field, name);
        }
        return text_;
    }

    void append_text(const json::value& value, const std::string& name)
    {
        if (const json::string* text = value.if_string())
            text_ += *text;
        else if (!value.is_null())
            try
            {
                penstock::write_json(value, text_);
            }
            catch (const std::invalid_argument& error)
            {
                throw std::invalid_argument("field \"" + name + "\": " + error.what());
            }
    }

    void append(std::string& document, std::size_t column, std::string_view name,
                std::string_view text)
    {
        if (column > 0)
            document += dialect_.delimiter;
        if (!penstock::detail::is_utf8(text))
        {
            repaired_ = penstock::detail::repaired_utf8(text);
            text = repaired_;
        }
        if (!needs_quotes(document, column, text))
        {
            document += text;
            return;
        }
        if (!dialect_.quote)
            throw std::invalid_argument("field \"" + std::string(name) +
                                        "\": cannot be told apart without quotes; a value without "
                                        "delimiter and end of line was expected");
        document += *dialect_.quote;
        for (std::size_t at = 0;;)
        {
            const std::size_t end = std::min(text.find(*dialect_.quote, at), text.size());
            document += text.substr(at, end - at);
            if (end == text.size())
                break;
            document.append(2, *dialect_.quote);
            at = end + 1;
        }
        document += *dialect_.quote;
    }

    // Whether a reader would take the text for another one, if it were without quotes.
    [[nodiscard]] bool needs_quotes(const std::string& document, std::size_t column,
                                    std::string_view text) const
    {
        if (column == 0)
        {
            if (text.empty())
                return columns_.size() == 1; // an empty line is no row
            if (text.front() == dialect_.comment)
                return true;
            if (document.empty() && text.starts_with(byte_order_mark))
                return true;
        }
        return std::ranges::any_of(
            text, [this](char c)
            { return c == dialect_.delimiter || c == dialect_.quote || c == '\n' || c == '\r'; });
    }

    void end_row(std::string& document) const { document += *line_end == "lf" ? "\n" : "\r\n"; }

    dialect dialect_;
    std::vector<std::string> columns_; // of the document that is open
    std::string text_;
    std::string repaired_;
};

} // namespace

extern constinit const penstock::component_entry write_entry = penstock::component_of<write>(
    "write", penstock::category::op,
    "Writes packets as tables of text: values with a delimiter between them, a row a line (RFC "
    "4180).");

} // namespace csv_package
