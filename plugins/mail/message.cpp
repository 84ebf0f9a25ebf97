// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"
#include "addresses.hpp"
#include "content.hpp"
#include "encoding.hpp"
#include "parts.hpp"

#include "../html/charset.hpp"
#include "../html/page.hpp"
#include "../reading/ascii.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace mail_package
{

namespace
{

using clock = std::chrono::steady_clock;

// A text that is to be read, in UTF-8.
struct piece
{
    std::string text;
    bool is_html = false;
};

// What some parts come to.
struct findings
{
    std::vector<piece> pieces;
    std::vector<attachment> attachments;

    void add(findings&& more)
    {
        std::ranges::move(more.pieces, std::back_inserter(pieces));
        std::ranges::move(more.attachments, std::back_inserter(attachments));
    }
};

bool is_message(std::string_view mimetype)
{
    return mimetype == "message/rfc822" || mimetype == "message/global";
}

// With line feeds only.
std::string unix_lines(std::string_view text)
{
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || !text.substr(i + 1).starts_with('\n'))
            made += text[i];
    return made;
}

class reader
{
public:
    reader(std::string_view whole, const message_limits& limits) : whole_(whole), limits_(limits) {}

    message read(std::string_view text, std::size_t depth)
    {
        const header head = header_of(text);
        if (head.empty())
            fail(text, "has no header; a message was expected");
        message made;
        made.subject = subject_of(head.value("subject"));
        made.from = addresses_of(head.value("from"));
        made.to = addresses_of(head.value("to"));
        made.cc = addresses_of(head.value("cc"));
        made.date = date_of(head.value("date"));
        made.message_id = message_id_of(head.value("message-id"));
        findings found = read_part(text, head, "text/plain", depth);
        made.text = text_of(found.pieces);
        made.attachments = std::move(found.attachments);
        return made;
    }

private:
    header header_of(std::string_view text) const
    {
        try
        {
            return {text, limits_.header};
        }
        catch (const message_error& error)
        {
            fail(text, error.what());
        }
    }

    findings read_part(std::string_view text, const header& head, std::string_view fallback,
                       std::size_t depth)
    {
        if (++parts_ > limits_.parts)
            fail(text, "parts: are more than " + std::to_string(limits_.parts) +
                           "; a smaller message was expected");
        if (depth > limits_.depth)
            fail(text, "parts: are deeper than " + std::to_string(limits_.depth) +
                           "; a message of simpler structure was expected");
        const content_type type = type_of(text, head, fallback);
        if (type.is("multipart"))
            return read_multipart(head.body(), type, depth);
        if (is_message(type.mimetype))
            return read_nested(head, type, depth);
        return read_leaf(head, type);
    }

    content_type type_of(std::string_view text, const header& head, std::string_view fallback) const
    {
        try
        {
            return content_type_of(head.value("content-type"), head.value("content-disposition"),
                                   fallback);
        }
        catch (const message_error& error)
        {
            fail(text, error.what());
        }
    }

    findings read_multipart(std::string_view body, const content_type& type, std::size_t depth)
    {
        if (type.boundary.empty())
            fail(body, type.mimetype + ": has no boundary; one was expected");
        const std::vector<std::string_view> parts = parts_of(body, type.boundary, limits_.parts);
        if (parts.empty())
            fail(body, type.mimetype + ": has no part; one that begins with its boundary was "
                                       "expected");
        const std::string_view fallback =
            type.mimetype == "multipart/digest" ? "message/rfc822" : "text/plain";
        std::vector<findings> found;
        for (const std::string_view part : parts)
            found.push_back(read_part(part, header_of(part), fallback, depth + 1));
        findings all;
        const std::size_t best =
            type.mimetype == "multipart/alternative" ? best_of(found) : found.size();
        for (std::size_t i = 0; i < found.size(); ++i)
        {
            if (best != found.size() && i != best)
                found[i].pieces.clear();
            all.add(std::move(found[i]));
        }
        return all;
    }

    // Of the same text in several forms, the plain one, else the last, which is the richest.
    static std::size_t best_of(const std::vector<findings>& alternatives)
    {
        std::size_t best = 0;
        for (std::size_t i = 0; i < alternatives.size(); ++i)
            for (const piece& each : alternatives[i].pieces)
                if (!reading::trimmed(each.text).empty())
                {
                    if (!each.is_html)
                        return i;
                    best = i;
                }
        return best;
    }

    findings read_nested(const header& head, const content_type& type, std::size_t depth)
    {
        findings found;
        attachment& made = found.attachments.emplace_back();
        made.mimetype = type.mimetype;
        made.filename = type.filename;
        const std::string_view encoding = reading::trimmed(head.value("content-transfer-encoding"));
        const bool is_encoded = !encoding.empty() && encoding.find("bit") == std::string_view::npos;
        if (!is_encoded)
        {
            made.nested = std::make_unique<message>(read(head.body(), depth + 1));
            return found;
        }
        const std::string decoded = decoded_content(head.body(), encoding);
        const std::size_t before = std::exchange(place_, place_of(head.body()));
        const std::string_view whole = std::exchange(whole_, std::string_view());
        made.nested = std::make_unique<message>(read(decoded, depth + 1));
        whole_ = whole;
        place_ = before;
        return found;
    }

    findings read_leaf(const header& head, const content_type& type)
    {
        findings found;
        const bool is_html = type.mimetype == "text/html";
        std::string data = decoded_content(head.body(), head.value("content-transfer-encoding"));
        if ((is_html || type.mimetype == "text/plain") && !type.attachment && type.filename.empty())
        {
            text_bytes_ += data.size();
            if (text_bytes_ > limits_.text)
                fail(head.body(), "text: has more than " + std::to_string(limits_.text) +
                                      " bytes; a smaller text was expected");
            const std::string charset = is_html && type.charset.empty()
                                            ? html_package::declared_charset(data)
                                            : type.charset;
            found.pieces.push_back({decoded_text(data, charset), is_html});
            return found;
        }
        found.attachments.push_back(
            {type.filename, type.mimetype, type.charset, std::move(data), nullptr});
        return found;
    }

    std::string text_of(const std::vector<piece>& pieces)
    {
        std::string text;
        for (const piece& each : pieces)
        {
            const std::string made = each.is_html ? page_text(each.text) : unix_lines(each.text);
            const std::string_view content = trimmed_lines(made);
            if (!content.empty())
                text.append(text.empty() ? "" : "\n\n").append(content);
        }
        return text;
    }

    // Without empty lines at the begin, and white space at the end.
    static std::string_view trimmed_lines(std::string_view text)
    {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            return {};
        const std::size_t line = text.find_last_of('\n', first);
        text.remove_prefix(line == std::string_view::npos ? 0 : line + 1);
        return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    }

    std::string page_text(const std::string& page)
    {
        const clock::time_point begin = clock::now();
        const auto left = std::max(limits_.time - html_time_, std::chrono::milliseconds(1));
        try
        {
            std::string text = html_package::read_page(page, {.time = left}).text;
            html_time_ +=
                std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begin);
            return text;
        }
        catch (const html_package::page_error& error)
        {
            throw message_error(std::string("html: ") + error.what());
        }
    }

    [[nodiscard]] std::size_t place_of(std::string_view text) const
    {
        const std::less_equal<const char*> before;
        const bool is_inside = before(whole_.data(), text.data()) &&
                               before(text.data(), whole_.data() + whole_.size());
        return is_inside ? static_cast<std::size_t>(text.data() - whole_.data()) : place_;
    }

    [[noreturn]] void fail(std::string_view text, const std::string& why) const
    {
        throw message_error("byte " + std::to_string(place_of(text)) + ": " + why);
    }

    std::string_view whole_;
    const message_limits& limits_;
    std::size_t place_ = 0; // of the encoded message that is read, if one is
    std::size_t parts_ = 0;
    std::size_t text_bytes_ = 0;
    std::chrono::milliseconds html_time_{0};
};

} // namespace

message read_message(std::string_view text, const message_limits& limits)
{
    if (text.size() > limits.bytes)
        throw message_error("has " + std::to_string(text.size()) + " bytes; at most " +
                            std::to_string(limits.bytes) + " were expected");
    return reader(text, limits).read(text, 1);
}

} // namespace mail_package
