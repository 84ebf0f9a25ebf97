// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "compile.hpp"
#include "packets.hpp"
#include "state.hpp"

#include <penstock/packet.hpp>
#include <penstock/problems.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lua
{

/// What an expression gave.
struct expression_value
{
    std::optional<penstock::json::value> value; ///< none for nil
    bool is_one_value = false;                  ///< a list that is one value of a field
};

/// Expressions over the fields of a packet, compiled once. They change no packet. What a limit has
/// ended is compiled anew before it is used again. [one lane's components]
class expressions
{
public:
    /// Compiles the texts when they are used first. `names` are what messages call them.
    expressions(std::vector<std::string> names, std::vector<std::string> texts,
                const limits& limits);

    /// Compiles the texts. Suspends. Throws error.
    void start();

    /// Begins to count what one packet takes.
    void begin(const penstock::packet& packet);

    /// Evaluates the nth for the packet. Throws error.
    [[nodiscard]] expression_value evaluate(std::size_t n);

    /// Whether the nth is true for the packet: neither nil nor false nor null. Throws error.
    [[nodiscard]] bool is_true(std::size_t n);

    /// Ends what begin() began.
    void end() noexcept { packets_.close(); }

    [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

private:
    template <class Look>
    void look(std::size_t n, Look&& look);
    [[nodiscard]] std::string told(std::size_t n, const std::string& what) const;

    std::vector<std::string> names_;
    std::vector<std::string> texts_;
    limits limits_;
    packets packets_;
    std::unique_ptr<state> state_;
};

/// The packet that expressions are evaluated for, while this lives.
class looked_at
{
public:
    looked_at(expressions& with, const penstock::packet& packet) : with_(with)
    {
        with.begin(packet);
    }

    ~looked_at() { with_.end(); }

    looked_at(const looked_at&) = delete;
    looked_at& operator=(const looked_at&) = delete;

private:
    expressions& with_;
};

/// Adds what is wrong with an expression; `where` is a parameter's name, maybe with a pointer.
void check_expression(penstock::problems& found, std::string_view where, std::string_view text);

} // namespace lua
