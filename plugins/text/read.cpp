// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "charset.hpp"
#include "components.hpp"

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
        *this, "charset", "utf-8", "The encoding of bodies that do not name theirs.",
        penstock::choices{"utf-8", "us-ascii", "iso-8859-1", "windows-1252"}};

    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            const json::value* named = packet->find_meta("charset");
            const std::string name = named != nullptr && named->is_string()
                                         ? std::string(named->get_string())
                                         : *default_charset;
            const auto charset = charset_named(name);
            if (!charset)
                fail(std::move(*packet), "charset: is \"" + name +
                                             "\"; utf-8, us-ascii, iso-8859-1 or windows-1252 "
                                             "was expected");
            else if (*unit == "line")
                read_lines(std::move(*packet), *charset);
            else
                read_text(std::move(*packet), "", *charset);
        }
    }

    // The end of a line belongs to it, so a last line that is ended is not followed by an empty
    // one.
    void read_lines(penstock::packet body, charset from)
    {
        const penstock::bytes data = body.data();
        const std::string_view text = data.view();
        if (text.empty())
            return drop(std::move(body));
        const bool several = text.find('\n') < text.size() - 1;
        std::size_t number = 0;
        for (std::size_t begin = 0; begin < text.size();)
        {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            const bool returns = end > begin && text[end - 1] == '\r';
            penstock::packet line = several ? numbered(body, number + 1) : std::move(body);
            line.set_data(data.slice(begin, end - begin - (returns ? 1 : 0)));
            read_text(std::move(line), "line " + std::to_string(++number) + ": ", from);
            begin = end + 1;
        }
    }

    static penstock::packet numbered(const penstock::packet& body, std::size_t number)
    {
        penstock::packet line = body.derive();
        const json::value* id = body.find_meta("id");
        if (id != nullptr && id->is_string() && !id->get_string().empty())
            line.set_meta("id", std::string(id->get_string()) + "." + std::to_string(number));
        return line;
    }

    // Sets the text of a packet from its data and sends it on.
    void read_text(penstock::packet packet, std::string_view where, charset from)
    {
        std::string wrong;
        try
        {
            packet.set(*field, to_utf8(packet.data().view(), from));
        }
        catch (const charset_error& error)
        {
            wrong = std::string(where) + error.what();
        }
        if (!wrong.empty())
            return fail(std::move(packet), std::move(wrong));
        packet.clear_data();
        out.send(std::move(packet));
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter, "Reads text, whole or line by line.");

} // namespace text_package
