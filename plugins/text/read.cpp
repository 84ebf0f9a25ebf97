// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../reading/bad_parts.hpp"
#include "../reading/guess.hpp"
#include "../reading/numbering.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace text_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out", "One packet for each body, or each line."};
    penstock::accepts types{*this, {"text/*"}};
    penstock::parameter<std::string> field{*this, "field", "text", "The field to put the text in."};
    penstock::parameter<std::string> unit{*this, "unit", "body",
                                          "Whether a packet holds the whole body or one line.",
                                          penstock::choices{"body", "line"}};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of bodies that do not name theirs: utf-8, utf-16, windows-1252, or "
        "another that browsers know, by the names that they take: iso-8859-1 is windows-1252."};
    penstock::parameter<std::int64_t> bad_lines{
        *this, "bad_lines", 10'000,
        "How many bad lines of a body become a dead letter each. Those beyond become one together.",
        penstock::range{0, 1e9}};
    penstock::parameter<penstock::byte_count> limit{
        *this, "limit", penstock::byte_count{64 << 20},
        "The most bytes of a text: of a body, or of a line. A longer one fails.",
        penstock::range{1, 1e12}};
    penstock::parameter<bool> guesses{
        *this, "guess", false,
        "Whether the encoding of bodies that do not name theirs is guessed from their bytes. Then "
        "charset is that of those which look like nothing known."};

    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string charset = charset_of(*packet);
            if (*unit == "line" && is_wide(charset))
                decode_then_read_lines(std::move(*packet), charset);
            else if (*unit == "line")
                read_lines(std::move(*packet), charset);
            else
                read_whole(std::move(*packet), charset);
        }
    }

    [[nodiscard]] std::string charset_of(const penstock::packet& packet) const
    {
        const std::string_view data = packet.data().view();
        const std::string charset =
            penstock::charset_of(data, packet.meta_text("charset").value_or(std::string_view()));
        if (!charset.empty() || !*guesses)
            return charset.empty() ? std::string(*default_charset) : charset;
        return penstock::blocking([&] { return reading::guessed_charset(data, *default_charset); });
    }

    // In these a byte that is a line feed elsewhere may be a part of a character.
    static bool is_wide(std::string_view charset)
    {
        return charset.starts_with("utf-16") || charset.starts_with("utf-32");
    }

    // A line that fails afterwards is UTF-8, and says so.
    void decode_then_read_lines(penstock::packet body, const std::string& charset)
    {
        std::string wrong;
        try
        {
            body.set_data(penstock::bytes(penstock::to_utf8(body.data().view(), charset)));
            body.set_meta("charset", "utf-8");
        }
        catch (const penstock::charset_error& error)
        {
            wrong = error.what();
        }
        if (wrong.empty())
            read_lines(std::move(body), "utf-8");
        else
            fail(std::move(body), std::move(wrong));
    }

    // The end of a line belongs to it, so a last line that is ended is not followed by an empty
    // one.
    void read_lines(penstock::packet body, const std::string& charset)
    {
        const penstock::bytes data = body.data();
        const std::string_view text = data.view();
        if (text.empty())
            return drop(std::move(body));
        const bool several = text.find('\n') < text.size() - 1;
        reading::numbering lines(body);
        reading::bad_parts bad(static_cast<std::size_t>(*bad_lines), text.size(), {"", "\n", "\n"});
        std::size_t number = 0;
        for (std::size_t begin = 0; begin < text.size();)
        {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            const bool returns = end > begin && text[end - 1] == '\r';
            const penstock::bytes part = data.slice(begin, end - begin - (returns ? 1 : 0));
            ++number;
            begin = end + 1;
            std::string line;
            std::string wrong = decode(part, charset, line);
            if (!wrong.empty())
                wrong.insert(0, "line " + std::to_string(number) + ": ");
            if (!wrong.empty() && bad.keep(part.view(), wrong))
                continue;
            penstock::packet packet = several ? lines.next(body) : std::move(body);
            packet.set_data(part);
            end_text(std::move(packet), std::move(line), std::move(wrong));
        }
        if (!bad.is_any_kept())
            return;
        body.set_data(penstock::bytes(bad.take_text()));
        fail(std::move(body), bad.take_reason());
    }

    void read_whole(penstock::packet body, const std::string& charset)
    {
        std::string text;
        std::string wrong = decode(body.data(), charset, text);
        end_text(std::move(body), std::move(text), std::move(wrong));
    }

    // Returns what is wrong with a text in its encoding.
    std::string decode(const penstock::bytes& from, const std::string& charset,
                       std::string& to) const
    {
        if (from.size() > static_cast<std::size_t>(*limit))
            return "has " + std::to_string(from.size()) + " bytes; at most " +
                   std::to_string(static_cast<std::size_t>(*limit)) + " were expected";
        try
        {
            to = penstock::to_utf8(from.view(), charset);
            return {};
        }
        catch (const penstock::charset_error& error)
        {
            return error.what();
        }
    }

    void end_text(penstock::packet packet, std::string text, std::string wrong)
    {
        if (!wrong.empty())
            return fail(std::move(packet), std::move(wrong));
        packet.set(*field, std::move(text));
        packet.clear_data();
        out.send(std::move(packet));
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter, "Reads text, whole or line by line.");

} // namespace text_package
