// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The source of docs/authors.md, which quotes it. Tests run it, and kill the host that does.
#pragma once

#include <penstock/sdk.hpp>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

// [source]
class follow final : public penstock::source
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "The file."};
    penstock::state checkpoint{*this, 0}; // up to there all has ended
    std::streamoff at_ = 0;               // up to there all was read

    void connect() override { at_ = checkpoint->to_number<std::streamoff>(); }

    bool read() override
    {
        for (const std::string& line : penstock::blocking([&] { return next_lines(); }))
        {
            at_ += static_cast<std::streamoff>(line.size()) + 1;
            penstock::packet made;
            made.set("text", line);
            emit(at_, std::move(made));
        }
        return true; // there may be more later
    }

    std::vector<std::string> next_lines() const // those that are whole
    {
        std::ifstream file(*path);
        if (!file.seekg(at_))
            throw penstock::unavailable(*path + ": cannot be read");
        std::vector<std::string> lines;
        for (std::string line; lines.size() < 100 && std::getline(file, line) && !file.eof();)
            lines.push_back(line);
        return lines;
    }

    void acknowledge(const std::vector<penstock::json::value>& positions) override
    {
        *checkpoint = positions.back();
        checkpoint.save(); // a crash before that makes the lines come again, with the same ids
    }
};
// [end]
