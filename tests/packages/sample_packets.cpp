// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/sample_packets.hpp"

#include "tests/plugins/archive/made_archive.hpp"
#include "tests/plugins/document/sample_office.hpp"
#include "tests/plugins/document/sample_pdf.hpp"
#include "tests/plugins/document/sample_word.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace penstock::host::tests
{

namespace
{

packet body(std::string text, std::string_view media)
{
    packet made;
    made.set_data(bytes(std::move(text)));
    made.set_meta("mimetype", media);
    made.set_meta("requestmethod", "POST");
    return made;
}

packet order_to_delete(std::size_t n)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    trigger.set_meta("id", std::to_string(n));
    return trigger;
}

} // namespace

packet document(std::size_t n)
{
    packet made(parse_json(R"({"title": "a title", "tags": ["one", "two"], "nested": {"a": [1]}})")
                    .as_object());
    made.set("n", static_cast<std::int64_t>(n));
    made.set("text", "text number" + std::to_string(n));
    made.set_meta("id", "d" + std::to_string(n));
    made.set_field_meta("title", "language", "en");
    return made;
}

packet letter(std::size_t n)
{
    packet made = document(n);
    made.set("text", "number=" + std::to_string(n) + " Ann <ann" + std::to_string(n) +
                         "@x.org> of Boston, MA 02134, see http://x.org/" + std::to_string(n));
    return made;
}

packet address_of_host(std::size_t n)
{
    packet made = document(n);
    made.set("title", "10.0.0." + std::to_string(n % 256));
    return made;
}

packet json_body(std::size_t n)
{
    json::array list;
    for (std::size_t i = 0; i <= n % 4; ++i)
        list.push_back(json::object{{"n", n}, {"i", i}});
    return body(write_json(n % 4 == 0 ? list.front() : json::value(list)), "application/json");
}

packet csv_body(std::size_t n)
{
    std::string text = "n,text\n";
    for (std::size_t i = 0; i <= n % 3; ++i)
        text += std::to_string(n) + ",\"row, " + std::to_string(i) + "\"\r\n";
    return body(std::move(text), "text/csv");
}

packet msgpack_body(std::size_t n)
{
    std::string map("\x81\xa1n\xcd", 4);
    map += static_cast<char>(n >> 8);
    map += static_cast<char>(n);
    return body(map + map, "application/msgpack");
}

packet xml_body(std::size_t n)
{
    std::string text = "<rows>";
    for (std::size_t i = 0; i <= n % 3; ++i)
        text +=
            "<row n='" + std::to_string(n) + "'><text>row " + std::to_string(i) + "</text></row>\n";
    return body(text + "</rows>", "application/xml");
}

packet feed_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body("<rss><channel><title>feed</title><item><title>entry " + number +
                    "</title></item><item><guid>" + number + "</guid></item></channel></rss>",
                "application/rss+xml");
}

packet solr_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body("<update><add><doc><field name='id'>" + number +
                    "</field></doc></add><delete><id>" + number + "</id></delete></update>",
                "text/xml");
}

packet xml_text(std::size_t n)
{
    packet made = document(n);
    made.set("xml", xml_body(n).data().view());
    return made;
}

packet text_body(std::size_t n)
{
    return body("first line of " + std::to_string(n) + "\nsecond\n", "text/plain");
}

packet html_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body("<title>Page " + number + "</title><h1>One</h1><p>Text <a href=/" + number +
                    ">a link</a>",
                "text/html");
}

packet tar_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body(
        archive_of(tar_form, {{"folder/" + number + ".txt", "text number " + number + "\n"}}),
        "application/x-tar");
}

packet office_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body(
        sample_office::xlsx({{"One", "<row><c t=\"str\"><v>number</v></c></row><row><c><v>" +
                                         number + "</v></c></row>"}}),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

packet mail_body(std::size_t n)
{
    const std::string number = std::to_string(n);
    return body("Subject: number " + number + "\r\nFrom: a@b\r\n\r\ntext number " + number + "\r\n",
                "message/rfc822");
}

packet pdf_body(std::size_t n)
{
    return n % 25 == 0 ? body(sample_pdf({"text number " + std::to_string(n)}), "application/pdf")
                       : order_to_delete(n);
}

packet word_body(std::size_t n)
{
    return n % 25 == 0 ? body(sample_word::doc("text number " + std::to_string(n) + "\r"),
                              "application/msword")
                       : order_to_delete(n);
}

packet partly_marked(std::size_t n, std::string_view field, std::string_view text)
{
    packet made = document(n);
    if (n % 5 == 4)
        made.set(field, text);
    return made;
}

packet question(std::size_t n)
{
    packet made;
    made.set_meta("id", "number" + std::to_string(n % 10));
    return made;
}

} // namespace penstock::host::tests
