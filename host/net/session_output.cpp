// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session_output.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::http
{

void session_output::take(any_answer answer, const answer_frame& frame)
{
    if (const auto* filled = std::get_if<filled_answer>(&answer))
    {
        const bool is_usual = frame.version == 11 && frame.keep_alive && !frame.head_only &&
                              filled->form->body_size() <= frame.compress_from;
        if (is_usual)
        {
            return filled->form->write(filled->id, head_);
        }
    }
    answer_ = spelled_out(std::move(answer));
    head_ = prepare_answer(*answer_, frame, std::move(head_));
}

connection::outcome<std::size_t> session_output::write(std::size_t written)
{
    deadline_.set(session_deadline::clock::now() + bounds_.transfer_time(body().size()));
    auto rest = parts();
    for (auto& each : rest)
    {
        const auto skipped = std::min(written, each.size());
        each += skipped;
        written -= skipped;
    }
    return connection_.write(rest);
}

} // namespace penstock::host::http
