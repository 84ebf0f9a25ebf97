// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "columns.hpp"
#include "components.hpp"
#include "dialect_parameters.hpp"
#include "rows.hpp"

#include "../reading/bad_parts.hpp"
#include "../reading/decode.hpp"
#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"
#include "../reading/trigger.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace csv_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_name = 1024; // of a column: each bad row takes all along
constexpr std::string_view type_of_tabs = "text/tab-separated-values";

std::string plural(std::size_t count, std::string_view what)
{
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out",
                         "One packet for each row, with a field of text for each column, meta row, "
                         "counted from 1 without the header, and meta column_count."};
    penstock::parameter<bool> header{
        *this, "header", true,
        "Whether the first row has the names of the columns. Without it they are column1, column2 "
        "and so on. Columns of one name become several values of one field. A name of more than "
        "1 KiB fails the body."};
    penstock::parameter<std::vector<std::string>> names{
        *this,
        "columns",
        {},
        "The names of the columns, in place of those of a header.",
        penstock::example{json::array{"name", "price"}}};
    dialect_parameters characters{*this};
    penstock::parameter<bool> lazy_quotes{
        *this, "lazy_quotes", false,
        "Whether a quote may stand in a value that does not begin with one, text behind a closing "
        "quote, and no closing quote at the end. Otherwise each of them is a bad row."};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of bodies that do not name theirs: utf-8, utf-16, windows-1252, or another "
        "that browsers know."};
    penstock::parameter<std::string> invalid{
        *this, "invalid", "refuse",
        "What becomes of bytes that are no UTF-8: a bad row, or U+FFFD in their place.",
        penstock::choices{"refuse", "replace"}};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in text/x-csv."};
    penstock::parameter<penstock::byte_count> value{*this, "value", penstock::byte_count{1 << 20},
                                                    "The most bytes of a value.",
                                                    penstock::range{1, 1e12}};
    penstock::parameter<std::int64_t> values{*this, "values", 65'536, "The most values of a row.",
                                             penstock::range{1, 1'000'000}};
    penstock::parameter<std::int64_t> most_rows{
        *this, "rows", 10'000'000,
        "The most rows of a body; those beyond become one dead letter together, with the header.",
        penstock::range{1, 1e12}};
    penstock::parameter<std::int64_t> bad_rows{
        *this, "bad_rows", 10'000,
        "How many bad rows of a body become a dead letter each, with the header. Those beyond "
        "become one together, and so do those that would make these dead letters much larger than "
        "the body.",
        penstock::range{0, 1e9}};
    penstock::accepts types{*this, {"text/csv", "application/csv", type_of_tabs}, further_types};

    void check(penstock::problems& found) const override
    {
        characters.check(found);
        for (const std::string& each : *names)
            if (each.empty())
                found.add(names, "has an empty name; names of fields were expected");
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
        reading::check_media_types(found, further_types);
    }

    void start() override
    {
        dialect_ = characters.value();
        dialect_.lazy_quotes = *lazy_quotes;
        limits_ = {.value = static_cast<std::size_t>(*value),
                   .values = static_cast<std::size_t>(*values)};
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
                out.send(std::move(*packet));
            else if (std::string wrong = reading::decode(*packet, *default_charset); !wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else
                read_body(std::move(*packet));
        }
    }

    void read_body(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        rows rest(data.view(), dialect_of(body), limits_);
        is_utf8_ = penstock::detail::is_utf8(data.view());
        columns_ = names->empty() ? columns() : columns(*names);
        header_ = {};
        if (*header && !rest.ended())
            if (std::string wrong = read_header(rest); !wrong.empty())
                return fail(std::move(body), std::move(wrong));
        if (rest.ended())
            return drop(std::move(body));
        read_rows(std::move(body), rest);
    }

    [[nodiscard]] dialect dialect_of(const penstock::packet& body) const
    {
        dialect how = dialect_;
        if (body.meta_text("mimetype") == type_of_tabs && !characters.has_delimiter() &&
            how.quote != '\t' && how.comment != '\t')
            how.delimiter = '\t';
        return how;
    }

    std::string read_header(rows& from)
    {
        from.next(row_);
        header_ = row_.text;
        std::string wrong = row_.wrong.empty() ? problem_of_text() : row_.wrong;
        if (!wrong.empty())
            return "header, line " + std::to_string(row_.line) + ": " + std::move(wrong);
        std::vector<std::string> found;
        for (std::size_t n = 0; n < row_.size(); ++n)
            if (row_[n].size() > longest_name)
                return "header, line " + std::to_string(row_.line) + ": column " +
                       std::to_string(n + 1) + ": has a name of " + std::to_string(row_[n].size()) +
                       " bytes; at most " + std::to_string(longest_name) + " were expected";
        for (std::size_t n = 0; n < row_.size(); ++n)
            found.push_back(penstock::detail::repaired_utf8(row_[n]));
        if (!columns_.are_named())
            columns_ = columns(std::move(found));
        return {};
    }

    void read_rows(penstock::packet body, rows& rest)
    {
        reading::numbering documents(body);
        const penstock::bytes data = body.data();
        reading::bad_parts bad(static_cast<std::size_t>(*bad_rows), data.size(), {header_, "", ""});
        std::size_t number = 0;
        if (columns_.are_named())
            body.set_meta("column_count", columns_.size());
        for (bool is_only = true; !rest.ended(); is_only = false)
        {
            rest.next(row_);
            if (++number > static_cast<std::size_t>(*most_rows))
                break;
            std::string wrong = problem_of_row();
            if (!wrong.empty() && bad.keep(row_.text, place_of(number) + wrong))
                continue;
            is_only = is_only && rest.ended();
            read_row(is_only ? std::move(body) : documents.next(body), number, std::move(wrong));
        }
        if (number > static_cast<std::size_t>(*most_rows))
            fail_rest(body.derive(), number, data.view());
        if (!bad.is_any_kept())
            return;
        body.set_data(penstock::bytes(bad.take_text()));
        fail(std::move(body), bad.take_reason());
    }

    // The rows from the one at hand on, which are too many.
    void fail_rest(penstock::packet rest, std::size_t number, std::string_view data)
    {
        const auto begin = static_cast<std::size_t>(row_.text.data() - data.data());
        rest.set_data(penstock::bytes(std::string(header_).append(data.substr(begin))));
        fail(std::move(rest), place_of(number) + "more rows than a body may have; at most " +
                                  std::to_string(*most_rows) +
                                  " were expected; it and all rows "
                                  "behind it are here");
    }

    [[nodiscard]] std::string place_of(std::size_t number) const
    {
        return "row " + std::to_string(number) + ", line " + std::to_string(row_.line) + ": ";
    }

    // Makes the fields of the row at hand, unless something is wrong with it.
    [[nodiscard]] std::string problem_of_row()
    {
        if (!row_.wrong.empty())
            return row_.wrong;
        if (columns_.are_named() && row_.size() != columns_.size())
            return "has " + plural(row_.size(), "column") + "; " + std::to_string(columns_.size()) +
                   " were expected";
        if (std::string wrong = problem_of_text(); !wrong.empty())
            return wrong;
        std::optional<json::object> fields = columns_.fields_of(row_, !is_utf8_);
        if (!fields)
            return "too many names of columns with equal hashes; expected such as differ";
        fields_ = std::move(*fields);
        return {};
    }

    [[nodiscard]] std::string problem_of_text() const
    {
        for (std::size_t n = 0; !is_utf8_ && *invalid == "refuse" && n < row_.size(); ++n)
            if (!penstock::detail::is_utf8(row_[n]))
                return "column " + std::to_string(n + 1) +
                       ": bytes that are no UTF-8; a text was expected";
        return {};
    }

    // A row that fails takes the header along, so that it can be mended and replayed alone.
    void read_row(penstock::packet packet, std::size_t number, std::string wrong)
    {
        packet.set_meta("row", number);
        if (row_.wrong.empty() && (!columns_.are_named() || !wrong.empty()))
            packet.set_meta("column_count", row_.size());
        if (!wrong.empty())
        {
            if (packet.data().size() !=
                header_.size() + row_.text.size()) // else it is all there is
                packet.set_data(penstock::bytes(std::string(header_).append(row_.text)));
            return fail(std::move(packet), place_of(number) + std::move(wrong));
        }
        packet.set_fields(std::move(fields_));
        packet.clear_data();
        out.send(std::move(packet));
    }

    dialect dialect_;
    row_limits limits_;

    // Of the body at hand.
    columns columns_;
    std::string_view header_; // as it stands there
    row row_;
    json::object fields_; // of the row, if it is one
    bool is_utf8_ = true;
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads tables of text: values with a delimiter between them, a row a line (RFC 4180).");

} // namespace csv_package
