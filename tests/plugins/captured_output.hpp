// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

#include <unistd.h>

/// Gathers what is written to the standard output, or the standard error, while it lives.
class captured_output
{
public:
    explicit captured_output(std::FILE* of = stdout) : of_(of)
    {
        std::fflush(of_);
        ::dup2(::fileno(file_), ::fileno(of_));
    }

    ~captured_output()
    {
        std::fflush(of_);
        ::dup2(before_, ::fileno(of_));
        ::close(before_);
        std::fclose(file_);
    }

    captured_output(const captured_output&) = delete;
    captured_output& operator=(const captured_output&) = delete;

    [[nodiscard]] std::string text() const
    {
        std::string text;
        char part[4096];
        ::off_t offset = 0;
        for (;;)
        {
            const ::ssize_t count = ::pread(::fileno(file_), part, sizeof part, offset);
            if (count <= 0)
                return text;
            text.append(part, static_cast<std::size_t>(count));
            offset += count;
        }
    }

private:
    std::FILE* of_;
    std::FILE* file_ = std::tmpfile();
    int before_ = ::dup(::fileno(of_));
};
