// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/recording.hpp"

#include <cstddef>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace penstock::faults
{

recording::recording(const std::filesystem::path& log)
{
    std::ifstream file(log, std::ios::binary);
    if (!file)
        throw std::runtime_error(log.string() + ": cannot be read; a recording was expected");
    text_.resize(std::filesystem::file_size(log));
    file.read(text_.data(), static_cast<std::streamsize>(text_.size()));
    // A program that is killed may leave half an event at the end.
    for (std::size_t at = 0; at + sizeof(event_head) <= text_.size();)
    {
        event next{};
        std::memcpy(&next.head, text_.data() + at, sizeof next.head);
        at += sizeof next.head;
        if (next.head.length > text_.size() - at)
            break;
        next.text = text_.data() + at;
        at += next.head.length;
        events_.push_back(next);
    }
}

} // namespace penstock::faults
