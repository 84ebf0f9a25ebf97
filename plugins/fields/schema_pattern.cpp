// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema_pattern.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace fields_package
{

namespace
{

std::string rewritten(std::string_view text)
{
    std::string made;
    for (std::size_t n = 0; n < text.size(); ++n)
    {
        if (text[n] != '\\' || n + 1 == text.size())
        {
            made += text[n];
            continue;
        }
        const char next = text[++n];
        if (next == 'u' && n + 4 < text.size())
        {
            made.append("\\x{").append(text.substr(n + 1, 4)).append("}");
            n += 4;
        }
        else if (next == 'c' && n + 1 < text.size())
        {
            constexpr const char* digits = "0123456789ABCDEF";
            const unsigned code = static_cast<unsigned char>(text[++n]) % 32;
            made.append("\\x").append(1, digits[code / 16]).append(1, digits[code % 16]);
        }
        else
            made.append(1, '\\').append(1, next);
    }
    return made;
}

} // namespace

std::shared_ptr<const RE2> schema_pattern(std::string_view text)
{
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{16} << 20);
    auto made = std::make_shared<const RE2>(rewritten(text), options);
    if (!made->ok())
        throw std::invalid_argument("is no expression: " + made->error() +
                                    "; one of RE2 was expected");
    return made;
}

} // namespace fields_package
