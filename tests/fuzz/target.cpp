// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace penstock::fuzz
{

void hold(bool property, const char* what)
{
    if (property)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

unsigned char take(std::string_view& input)
{
    if (input.empty())
        return 0;
    const auto first = static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    return first;
}

} // namespace penstock::fuzz

/// The name that libFuzzer calls.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    penstock::fuzz::try_input({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
