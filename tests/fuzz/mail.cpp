// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Messages and mboxes: where their parts are, and what GMime makes of their headers and contents.

#include "target.hpp"

#include "plugins/mail/mbox.hpp"
#include "plugins/mail/message.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>

namespace penstock::fuzz
{

namespace
{

bool is_text(const std::string& text)
{
    return detail::is_utf8(text);
}

bool is_message(const mail_package::message& message)
{
    const auto are_texts = [](const std::vector<std::string>& texts)
    { return std::ranges::all_of(texts, is_text); };
    return is_text(message.subject) && are_texts(message.from) && are_texts(message.to) &&
           are_texts(message.cc) && is_text(message.date) && is_text(message.message_id) &&
           is_text(message.text) &&
           std::ranges::all_of(message.attachments,
                               [](const mail_package::attachment& each)
                               {
                                   return is_text(each.filename) && is_text(each.mimetype) &&
                                          is_text(each.charset) &&
                                          (each.nested == nullptr || is_message(*each.nested));
                               });
}

// The messages of an mbox are all that is in it, from the first on.
void try_mbox(std::string_view input)
{
    mail_package::mbox messages(input);
    const char* end = nullptr;
    for (std::string_view each = messages.next(); !each.empty(); each = messages.next())
    {
        hold(end == nullptr || each.data() == end, "messages stand one behind the other");
        end = each.data() + each.size();
        hold(mail_package::is_quoted(each) == (mail_package::unquoted(each).size() < each.size()),
             "what is quoted becomes shorter");
    }
    hold(end == nullptr || end == input.data() + input.size(), "the last ends with the mbox");
}

} // namespace

std::vector<std::string> seeds()
{
    return {"From: =?utf-8?Q?J=C3=B6?= <a@b>, \"c, d\" <e@f> (g), h: i@j;\r\n"
            "Subject: =?iso-2022-jp?B?GyRCRnwbKEI=?= x\r\nDate: 1 Jan 26 1:02 +0100 (c)\r\n"
            "Message-ID: <1@a>\r\n\r\ntext\r\n",
            "Content-Type: multipart/mixed; boundary=\"b\"\n\npre\n--b\n\none\n--b\n"
            "Content-Type: a/b; name*0*=utf-8''%c3%a4; name*1=c\n"
            "Content-Disposition: attachment; filename=\"x\"\n"
            "Content-Transfer-Encoding: base64\n\nYWJj\n--b--\npost",
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\n"
            "Content-Type: text/html; charset=iso-8859-1\n"
            "Content-Transfer-Encoding: quoted-printable\n\n<p>=E4=\n<b>b\n--b--",
            "Content-Type: message/rfc822\n\nSubject: a\n b\nContent-Type: multipart/digest;"
            " boundary=c\n\n--c\n\nTo: d\n\ne\n--c--",
            "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n%:&5L;&\\ \n`\nend\n",
            "From a\nSubject: b\n\n>From c\n>>From d\n\nFrom e\nTo: f\n\ng\n"};
}

void try_input(std::string_view input)
{
    try_mbox(input);
    const mail_package::message_limits limits{
        .bytes = 65536, .header = 8192, .text = 65536, .parts = 32, .depth = 4};
    try
    {
        hold(is_message(mail_package::read_message(input, limits)), "what is read is UTF-8");
    }
    catch (const mail_package::message_error&)
    {
    }
}

} // namespace penstock::fuzz
