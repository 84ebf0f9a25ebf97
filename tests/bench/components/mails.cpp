// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <memory>
#include <utility>

#include <gmime/gmime.h>

namespace penstock::bench
{
namespace
{

std::string message(std::size_t number)
{
    std::string made = "From: Ann <ann@example.org>\r\nTo: Bob <bob@example.org>\r\n"
                       "Date: Mon, 30 Nov 2026 10:00:00 +0000\r\nMessage-ID: <m" +
                       std::to_string(number) + "@example.org>\r\nSubject: " + words(5, number) +
                       "\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
                       "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    for (std::size_t line = 0; line < 200; ++line)
        made += words(11, number * 200 + line) + " =C3=A9\r\n";
    made += "\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; "
            "filename=\"a.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    for (std::size_t line = 0; line < 400; ++line)
        made += std::string(76, static_cast<char>('A' + line % 26)) + "\r\n";
    return made + "\r\n--b--\r\n";
}

struct unref
{
    void operator()(void* object) const { g_object_unref(object); }
};

template <class T>
using owned = std::unique_ptr<T, unref>;

// Reads the texts of a message and what is attached.
struct reader
{
    std::vector<std::string> texts;
    std::vector<std::string> files;

    static void take(GMimeObject* /*parent*/, GMimeObject* part, void* self)
    {
        reader& into = *static_cast<reader*>(self);
        if (GMIME_IS_TEXT_PART(part))
        {
            char* const text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
            into.texts.emplace_back(text);
            g_free(text);
        }
        else if (GMIME_IS_PART(part))
        {
            const owned<GMimeStream> data(g_mime_stream_mem_new());
            g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)),
                                                data.get());
            const GByteArray* const bytes =
                g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(data.get()));
            into.files.emplace_back(reinterpret_cast<const char*>(bytes->data), bytes->len);
        }
    }
};

std::size_t read_messages(const std::vector<packet>& messages)
{
    g_mime_init();
    reader read;
    for (const packet& each : messages)
    {
        const bytes body = each.data();
        const owned<GMimeStream> stream(
            g_mime_stream_mem_new_with_buffer(body.view().data(), body.size()));
        const owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
        const owned<GMimeMessage> parsed(g_mime_parser_construct_message(parser.get(), nullptr));
        const std::string subject = g_mime_message_get_subject(parsed.get());
        g_mime_message_foreach(parsed.get(), &reader::take, &read);
    }
    return read.texts.size() + read.files.size();
}

comparison mail_read()
{
    std::vector<std::string> messages;
    for (std::size_t n = 0; n < 100; ++n)
        messages.push_back(message(n));
    return {.name = "mail/read",
            .packets = [messages] { return bodies(messages, "message/rfc822"); },
            .made = [](testing::result& of)
            { return of.out().size() + of.sent["attachments"].size(); },
            .bare = read_messages};
}

} // namespace

void add_mails(std::vector<comparison>& to)
{
    add(to, mail_read);
}

} // namespace penstock::bench
