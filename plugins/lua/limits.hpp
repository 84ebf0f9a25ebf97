// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/parameter.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace lua
{

/// What Lua may take for one packet.
struct limits
{
    std::uint64_t instructions = 10'000'000;    ///< of the virtual machine, about
    std::size_t memory = std::size_t{64} << 20; ///< of all its values, in bytes
    std::chrono::milliseconds timeout{1000};    ///< of a processor
};

/// The parameters of a component that are such limits.
class limit_parameters
{
public:
    explicit limit_parameters(penstock::component& owner)
        : instructions(
              owner, "instructions", limits().instructions,
              "How many instructions of Lua one packet may take. What the functions of its "
              "library do counts as well, by the bytes that they look at.",
              penstock::range{1, 1e15}),
          memory(owner, "memory", penstock::byte_count{limits().memory},
                 "How much memory the values of Lua may take, with what one packet is given.",
                 penstock::range{256 * 1024, 1e12}),
          timeout(owner, "timeout", limits().timeout,
                  "How long a processor may work on one packet.", penstock::range{1, 3'600'000})
    {
    }

    /// The limits. [parameters assigned]
    [[nodiscard]] limits value() const
    {
        return {*instructions, static_cast<std::size_t>(*memory), *timeout};
    }

private:
    penstock::parameter<std::uint64_t> instructions;
    penstock::parameter<penstock::byte_count> memory;
    penstock::parameter<std::chrono::milliseconds> timeout;
};

} // namespace lua
