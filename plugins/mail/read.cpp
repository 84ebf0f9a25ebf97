// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "mbox.hpp"
#include "message.hpp"

#include "../packets/texts.hpp"
#include "../reading/numbering.hpp"
#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Messages and mboxes, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each message, with the fields subject, from, to, cc, date, message_id and "
        "text; those of what it lacks are absent, but for text. Of alternatives text is the plain "
        "one; HTML alone is read as by html/read. Each message of an mbox has the id ID.N, each "
        "message in a message the id PARENT!/N and, in meta, parent."};
    penstock::output attachments{
        *this, "attachments",
        "One packet for each file in a message, with its data and, in meta, filename, mimetype, "
        "size, path (MESSAGE!/FILENAME), parent (the id of the message) and the id PARENT!/N. They "
        "and the messages in it share one count."};
    penstock::accepts types{*this, {"message/rfc822", "message/global", "application/mbox"}};
    penstock::parameter<penstock::byte_count> message_bytes{*this, "message_bytes",
                                                            penstock::byte_count{64 << 20},
                                                            "The largest message that is read."};
    penstock::parameter<penstock::byte_count> header_bytes{
        *this, "header_bytes", penstock::byte_count{256 << 10},
        "How large the header of a message, or of a part of one, may be.",
        penstock::range{1, 64 << 20}};
    penstock::parameter<penstock::byte_count> text_bytes{
        *this, "text_bytes", penstock::byte_count{16 << 20},
        "How much text, or HTML, a message may have."};
    penstock::parameter<std::uint32_t> parts{
        *this, "parts", 1000,
        "How many parts a message may have, with those of the messages in it.",
        penstock::range{1, 1'000'000}};
    penstock::parameter<std::uint32_t> depth{
        *this, "depth", 16, "How deep parts may be in parts, and messages in messages.",
        penstock::range{1, 64}};
    penstock::parameter<std::chrono::milliseconds> time{
        *this, "timeout", std::chrono::seconds(1),
        "How long a processor may work to find the text of a message that has only HTML.",
        penstock::range{1, 3'600'000}};

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
                out.send(std::move(*packet));
            else if (packet->data().empty())
                fail(std::move(*packet), "is empty; a message was expected");
            else if (is_mbox(*packet))
                read_mbox(std::move(*packet));
            else
                read_one(std::move(*packet));
        }
    }

    static bool is_mbox(const penstock::packet& packet)
    {
        const std::string mimetype(packet.meta_text("mimetype").value_or(""));
        return mimetype == "application/mbox" ||
               (!mimetype.starts_with("message/") && packet.data().view().starts_with("From "));
    }

    void read_mbox(penstock::packet packet)
    {
        const penstock::bytes data = packet.data();
        reading::numbering numbers(packet);
        mbox messages(data.view());
        std::size_t count = 0;
        for (std::string_view each = next_of(messages); !each.empty(); each = next_of(messages))
        {
            penstock::packet made = numbers.next(packet);
            const auto offset = static_cast<std::size_t>(each.data() - data.view().data());
            made.set_data(data.slice(offset, each.size()));
            read_one(std::move(made));
            ++count;
        }
        if (count == 0)
            fail(std::move(packet), "has no line \"From \" before a header; an mbox was expected");
    }

    static std::string_view next_of(mbox& messages)
    {
        return penstock::blocking([&] { return messages.next(); });
    }

    void read_one(penstock::packet packet)
    {
        message found;
        std::string wrong;
        try
        {
            const penstock::bytes data = packet.data();
            found = penstock::blocking([&] { return read_text(data.view()); });
        }
        catch (const message_error& error)
        {
            wrong = error.what();
        }
        if (wrong.empty())
            send(std::move(packet), std::move(found));
        else
            fail(std::move(packet), std::move(wrong));
    }

    [[nodiscard]] message read_text(std::string_view text) const
    {
        const message_limits limits{.bytes = static_cast<std::size_t>(*message_bytes),
                                    .header = static_cast<std::size_t>(*header_bytes),
                                    .text = static_cast<std::size_t>(*text_bytes),
                                    .parts = *parts,
                                    .depth = *depth,
                                    .time = *time};
        if (text.starts_with("From ") && text.size() <= limits.bytes && is_quoted(text))
            return read_message(unquoted(text), limits);
        return read_message(text, limits);
    }

    // What is in the message goes first: it is made from the packet, which then goes on itself.
    void send(penstock::packet packet, message found)
    {
        packet.clear_data();
        const std::string told(packet.meta_text("id").value_or(""));
        const std::string parent = told.empty() ? packet.id().text() : told;
        std::size_t number = 0;
        for (attachment& each : found.attachments)
        {
            penstock::packet made = packet.derive();
            made.set_meta("parent", parent);
            made.set_meta("id", parent + "!/" + std::to_string(++number)); // as no chunk of it
            made.set_meta("mimetype", each.mimetype);
            for (const std::string_view of_the_message : {"charset", "contentlength", "filename"})
                made.erase_meta(of_the_message);
            if (!each.filename.empty())
                made.set_meta("filename", each.filename);
            if (each.nested != nullptr)
                send(std::move(made), std::move(*each.nested));
            else
                send_file(std::move(made), std::move(each));
        }
        set_fields(packet, found);
        out.send(std::move(packet));
    }

    void send_file(penstock::packet packet, attachment file)
    {
        const std::string path(packet.meta_text("path").value_or(""));
        if (!path.empty() && !file.filename.empty())
            packet.set_meta("path", path + "!/" + file.filename);
        if (!file.charset.empty())
            packet.set_meta("charset", file.charset);
        packet.set_meta("size", static_cast<std::int64_t>(file.data.size()));
        packet.set_data(penstock::bytes(std::move(file.data)));
        attachments.send(std::move(packet));
    }

    static void set_fields(penstock::packet& packet, const message& found)
    {
        packets::set_text(packet, "subject", found.subject);
        packets::set_one_or_more(packet, "from", found.from);
        packets::set_texts(packet, "to", found.to);
        packets::set_texts(packet, "cc", found.cc);
        packets::set_text(packet, "date", found.date);
        packets::set_text(packet, "message_id", found.message_id);
        packet.set("text", found.text);
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads mail, messages and mboxes: subject, addresses, date, text, and the files in it.");

} // namespace mail_package
