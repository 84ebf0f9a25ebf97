// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "state.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lua
{

/// Which part of a packet a value of Lua stands for.
enum class part : std::uint8_t
{
    packet,     ///< `packet`: `fields`, `meta`, `data`, and the fields by their names
    fields,     ///< `packet.fields`
    meta,       ///< `packet.meta`
    environment ///< what the names of an expression stand for
};

/// The packets that one call into Lua sees. Scripts hold handles, which are valid until close().
///
/// A list or an object of a packet becomes a table when it is read first, and stays that table
/// during the call; settle() writes what was changed in it. [one thread]
class packets
{
public:
    /// Shows a packet to read only. It outlives the call.
    void show(const penstock::packet& packet);

    /// Shows a packet that the script may change. It outlives the call.
    void give(penstock::packet& packet);

    /// Ends the call: handles are not valid any more.
    void close() noexcept;

    /// Makes the first packet what it was when it was given, but for the order of its fields.
    void undo();

    // Within state::run(), and raising:

    /// Pushes a handle of the first packet.
    void push_first(lua_State* L);

    /// Writes tables that were changed into their packets.
    void settle(lua_State* L);

    /// Returns the place of the packet whose handle stands there, or nothing if it is no packet.
    [[nodiscard]] std::optional<std::size_t> place_of(lua_State* L, int place);

    /// How many packets there are: the first, and those that the script made.
    [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }

    /// The packet at a place.
    [[nodiscard]] penstock::packet& at(std::size_t place) { return *slots_[place].writable; }

    // For the functions of the library:

    int get(lua_State* L);
    int set(lua_State* L);
    int iterate(lua_State* L);
    int make(lua_State* L, penstock::packet (*from)(const penstock::packet&), bool shares);
    int look_up(lua_State* L);

    /// Whether a value is all fields, or all meta, of a packet.
    [[nodiscard]] bool is_members(lua_State* L, int place)
    {
        return handle_at(L, place).part != part::packet;
    }

    /// The names of fields that were looked for in vain, but for what repeats; a few.
    [[nodiscard]] const std::vector<std::string>& absent() const noexcept { return absent_; }

private:
    struct slot
    {
        const penstock::packet* readable = nullptr;
        penstock::packet* writable = nullptr;
        std::optional<penstock::packet> made;
        bool shares = false; // its content with another, until it is written
    };
    struct content // that was there before the call
    {
        std::optional<penstock::json::value> value;
        bool is_one_value = false;
        penstock::json::object field_meta;
    };
    struct handle
    {
        std::uint64_t call;
        std::uint32_t slot;
        lua::part part;
    };

    handle& handle_at(lua_State* L, int place);
    slot& slot_of(lua_State* L, const handle& handle);
    void push_handle(lua_State* L, std::size_t slot, part part);
    int push_value(lua_State* L, const handle& handle, part part, std::string_view name);
    void push_tables_of(lua_State* L, std::size_t slot, part part);
    void set_value(lua_State* L, const handle& handle, part part, std::string_view name);
    void set_data(lua_State* L, slot& slot);
    void set_all(lua_State* L, const handle& handle, part part);
    void write(lua_State* L, slot& slot, part part, std::string_view name, int place);
    void set_members(lua_State* L, const handle& handle, part part, int place);
    void settle_part(lua_State* L, std::size_t slot, part part);
    void own(lua_State* L, slot& slot);
    void remember(const slot& slot, part part, std::string_view name);

    std::deque<slot> slots_;
    std::uint64_t call_ = 1;
    std::uint64_t tables_call_ = 0; // whose tables the registry has
    std::vector<std::string> absent_;
    std::map<std::pair<part, std::string>, content> before_; // of what was written first
    std::optional<penstock::bytes> data_before_;
};

/// Gives a fresh state `clone` and `derive`, and what handles are marked by. Raises.
void open_packets(lua_State* L);

/// Pushes what the names of expressions stand for: the fields of the packet that is shown, `meta`,
/// `data`, `packet` and `null`. Raises.
void push_environment(lua_State* L);

} // namespace lua
