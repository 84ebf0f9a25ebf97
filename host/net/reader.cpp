// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include "characters.hpp"
#include "chunk_parser.hpp"
#include "query.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace penstock::host::http
{

namespace
{

// Of a header that a connection keeps to compare the next one with: thousands of them do.
constexpr std::size_t longest_repeated = 2 * limits::kib;

// The memory of a short body stays for the next one that this thread reads, on whatever connection.
constexpr std::size_t longest_spare = 4 * limits::kib;

std::string& spare_body()
{
    thread_local std::string spare;
    return spare;
}

} // namespace

reader::reader(const limits& bounds) : bounds_{bounds} {}

reader::~reader() = default;

checked<std::optional<std::size_t>> reader::take_head(std::string_view received, std::size_t seen)
{
    if (const auto digits = digits_of_repeated(received))
    {
        return repeat_head(received, *digits);
    }
    const auto end = end_of_head(received, seen, bounds_);
    if (end.has_error() || !*end)
    {
        return end;
    }
    const auto started = start(received.substr(0, **end));
    if (started.has_error())
    {
        return started.error();
    }
    return end;
}

/// Returns, if what has come begins with the header that was read last, how many digits it has as
/// its length, which may be another one; nothing if it does not. All that was checked of that one
/// holds. It is taken in 600 instructions; a header of three fields is read in 4,900.
std::optional<std::size_t> reader::digits_of_repeated(std::string_view received) const noexcept
{
    const auto fields = received_.headers.lines();
    if (first_line_.empty() || fields.size() != fields_ || !received.starts_with(first_line_) ||
        !received.substr(first_line_.size()).starts_with(fields.substr(0, length_at_)))
    {
        return std::nullopt;
    }
    received.remove_prefix(first_line_.size() + length_at_);
    const auto* const end = std::ranges::find_if_not(received, is_digit);
    const auto digits = length_size_ == 0 ? 0 : static_cast<std::size_t>(end - received.begin());
    const bool is_length = length_size_ == 0 || (digits > 0 && digits <= longest_length);
    const auto size = first_line_.size() + fields_ - length_size_ + digits;
    if (!is_length || size > bounds_.header ||
        !received.substr(digits).starts_with(fields.substr(length_at_ + length_size_)))
    {
        return std::nullopt;
    }
    return digits;
}

std::size_t reader::repeat_head(std::string_view received, std::size_t digits)
{
    let_go();
    received_.is_repeated = true;
    auto& headers = received_.headers;
    if (framed_.content_length)
    {
        const auto length = received.substr(first_line_.size() + length_at_, digits);
        std::from_chars(length.data(), length.data() + length.size(), missing_);
        headers.overwrite(headers.lines().substr(length_at_, length_size_), length);
        fields_ = headers.lines().size();
        length_size_ = digits;
        framed_.content_length = missing_;
        received_.content_length = missing_;
        received_.has_body = framed_.has_body();
    }
    return first_line_.size() + fields_;
}

/// Keeps of a header that was read what the next one is compared with; nothing of a long one, nor of
/// one that says that its body is chunked.
void reader::remember(std::string_view block)
{
    const auto fields = received_.headers.lines();
    if (framed_.chunked || block.size() > longest_repeated)
    {
        return;
    }
    fields_ = fields.size();
    first_line_ = block.substr(0, block.size() - fields_);
    const auto length = received_.headers.value("Content-Length");
    length_size_ = length.size();
    length_at_ = length.empty() ? 0 : static_cast<std::size_t>(length.data() - fields.data());
}

checked<void> reader::start(std::string_view block)
{
    first_line_.clear();
    received_.renew();
    const auto read = http::read_head(block, bounds_, received_.headers);
    if (read.has_error())
    {
        return read.error();
    }
    framed_ = read->framed;
    missing_ = framed_.content_length.value_or(0);
    chunks_.reset();
    if (framed_.chunked)
    {
        chunks_ = std::make_unique<chunk_parser>(bounds_, received_.body);
        const auto used = chunks_->feed(block);
        if (used.has_error())
        {
            return used.error();
        }
        // The two readings of one block must agree, or neither is to be trusted.
        if (*used != block.size() || !chunks_->is_header_done() || !chunks_->chunked() ||
            chunks_->content_length().has_value())
        {
            return refusal{400, "header: ambiguous; expected one way to read it"};
        }
    }
    const auto target = read->target.path_and_query;
    const bool is_of_server = target == "*"; // which has no path
    auto path = decode_path(is_of_server ? "/" : target, std::move(received_.path));
    auto query = decode_query(target, std::move(received_.query));
    if (path.has_error() || query.has_error())
    {
        return path.has_error() ? path.error() : query.error();
    }
    received_.path = std::move(*path);
    received_.query = std::move(*query);
    received_.head_only = read->method == "HEAD";
    received_.method = received_.head_only ? "GET" : read->method;
    received_.target = target;
    remember(block);
    if (!read->target.authority.empty() && !received_.headers.find("Host"))
    {
        received_.headers.add("Host", read->target.authority);
    }
    received_.version = framed_.version;
    received_.content_length = framed_.content_length;
    received_.has_body = framed_.has_body();
    return {};
}

checked<std::size_t> reader::read_body(std::string_view bytes)
{
    if (!framed_.chunked)
    {
        return read_known(bytes);
    }
    return chunks_->feed_body(bytes);
}

// Reads a body with a length.
checked<std::size_t> reader::read_known(std::string_view bytes)
{
    auto& body = received_.body;
    if (body.capacity() < missing_)
    {
        if (body.empty())
        {
            body.swap(spare_body());
        }
        body.reserve(std::min<std::uint64_t>(missing_, bounds_.body));
    }
    bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), missing_));
    if (bytes.size() > bounds_.body - body.size())
    {
        return body_over_limit(bounds_);
    }
    body.append(bytes);
    missing_ -= bytes.size();
    return bytes.size();
}

bool reader::complete() const noexcept
{
    return framed_.chunked ? chunks_->is_done() : missing_ == 0;
}

std::uint64_t reader::missing() const noexcept
{
    return framed_.chunked ? std::numeric_limits<std::uint64_t>::max() : missing_;
}

void reader::let_go() noexcept
{
    received_.body.clear();
    if (auto& spare = spare_body();
        received_.body.capacity() <= longest_spare && received_.body.capacity() > spare.capacity())
    {
        spare.swap(received_.body);
    }
    std::string{}.swap(received_.body); // an empty string would keep its memory
    received_.share.reset();
    if (received_.found)
    {
        received_.found->let_go();
    }
}

} // namespace penstock::host::http
