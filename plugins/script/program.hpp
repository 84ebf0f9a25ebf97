// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../lua/packets.hpp"
#include "../lua/state.hpp"
#include "modules.hpp"

#include <penstock/packet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace script_package
{

/// What a script made of a packet. What was made of it belongs to the result.
struct result
{
    std::vector<std::size_t> order;     ///< what goes on: 0 is the packet, n is made[n - 1]
    std::vector<penstock::packet> made; ///< by the script, whether it goes on or not
    std::optional<std::string> refused; ///< why the packet fails, if the script says so
};

/// A script that runs: its state, and the function `process`. [one thread at a time]
class program
{
public:
    /// How far a script is run.
    enum class extent
    {
        definitions, ///< it is loaded, without `init` and without what it prints: whether it can be
        whole
    };

    /// Runs the script and its `init`, unless told otherwise. `name` is what its errors begin with.
    /// Throws lua::error, module_error for a module that does not compile.
    program(const std::string& script, const std::string& name, const module_texts& modules,
            const lua::limits& limits, extent how = extent::whole);

    /// Calls `process`. Throws lua::error, and the packet is as it was then; after
    /// lua::limit_reached the program is of no more use.
    [[nodiscard]] result process(penstock::packet& packet);

private:
    std::vector<std::size_t> returned(lua_State* L);
    std::size_t place_of_packet(lua_State* L, const char* what);
    std::vector<penstock::packet> take_made();

    lua::packets packets_;
    lua::state state_; // after what it sees
};

} // namespace script_package
