// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/byte_count.hpp>
#include <penstock/component.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace writing
{

/// A component that writes packets into documents, each of which is the data of one packet: the
/// first one of the document, with its meta, which stands for the others too.
///
/// A document ends with its request, or after a time if it may have packets of any, and at the
/// bounds that the parameters `count` and `bytes` set.
class document_writer : public penstock::component
{
protected:
    /// Whether a packet is written at all; the others are dropped.
    [[nodiscard]] virtual bool is_written(const penstock::packet& /*packet*/) const { return true; }

    /// Whether each packet is a document of its own, whatever the bounds say. Asked once.
    [[nodiscard]] virtual bool has_one_each() const { return false; }

    /// Appends what stands before the first packet of a document. Throws std::invalid_argument as
    /// add() does.
    virtual void begin(std::string& /*document*/, const penstock::packet& /*first*/) {}

    /// Appends a packet to a document, which has so many already. Throws std::invalid_argument for
    /// one that cannot be written, which then fails alone.
    virtual void add(std::string& document, const penstock::packet& packet, std::size_t before) = 0;

    /// Appends what stands behind the last packet.
    virtual void finish(std::string& /*document*/) {}

    /// Sets the meta that tells what a document is, its media type as a rule.
    virtual void describe(penstock::packet& document) const = 0;

    penstock::input in{*this, "in", penstock::required, "Packets, whose fields are written."};
    penstock::output out{*this, "out", "One packet for each document, which is its data."};

private:
    penstock::parameter<std::uint32_t> count{
        *this, "count", 0,
        "The most packets of a document; further ones are in the next. If 0, any number."};
    penstock::parameter<penstock::byte_count> bytes{
        *this, "bytes", penstock::byte_count{16 << 20},
        "About the most bytes of a document; a packet more is the last one in it.",
        penstock::range{1, 1e12}};
    penstock::parameter<std::string> of{
        *this, "of", "request",
        "Whether a document has packets of one request, or of any that come to the same lane while "
        "the first one waits.",
        penstock::choices{"request", "any"}};
    penstock::parameter<std::chrono::milliseconds> wait{
        *this, "wait", std::chrono::seconds(1),
        "How long the first packet of a document waits for others, if they may be of any request.",
        penstock::range{0, 86'400'000}};

    [[nodiscard]] penstock::batch receive()
    {
        constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
        if (*of == "request")
            return in.receive_request();
        return in.receive_some(*count == 0 ? any_number : *count, *wait,
                               static_cast<std::size_t>(*bytes));
    }

    void run() final
    {
        if (has_one_each())
        {
            while (auto packet = in.receive())
            {
                write(std::move(*packet));
                close();
            }
            return;
        }
        while (penstock::batch packets = receive())
        {
            for (penstock::packet& each : packets)
                write(std::move(each));
            close();
        }
    }

    void write(penstock::packet packet)
    {
        if (!is_written(packet))
            return drop(std::move(packet));
        const std::size_t before = text_.size();
        std::string wrong;
        try
        {
            if (written_.empty())
                begin(text_, packet);
            add(text_, packet, written_.size());
        }
        catch (const std::invalid_argument& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
        {
            text_.resize(before);
            return fail(std::move(packet), std::move(wrong));
        }
        written_.push_back(std::move(packet));
        if (written_.size() == *count || text_.size() >= static_cast<std::size_t>(*bytes))
            close();
    }

    // Sends the document that is open, if there is one.
    void close()
    {
        if (written_.empty())
            return;
        finish(text_);
        std::vector<penstock::packet> written = std::exchange(written_, {});
        penstock::packet document = std::move(written.front());
        for (std::size_t n = 1; n < written.size(); ++n)
            document.join(std::move(written[n]));
        document.set_fields({});
        document.set_data(penstock::bytes(std::exchange(text_, {})));
        for (const std::string_view outdated : {"charset", "contentlength"}) // of another body
            document.erase_meta(outdated);
        describe(document);
        out.send(std::move(document));
    }

    std::vector<penstock::packet> written_; // of the document that is open
    std::string text_;                      // which it has so far
};

} // namespace writing
