// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "limits.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <lua.hpp>

namespace lua
{

class packets;

/// The error of a script or an expression: what went wrong, and the line.
class error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The error of a script that reached a limit. No script catches it, and what the state holds may
/// be half made: its owner makes another.
class limit_reached final : public error
{
public:
    using error::error;
};

/// The error of a script that called `fail`; the text is its reason. No script catches it.
class refused final : public error
{
public:
    using error::error;
};

/// One state of Lua, with a library that reaches nothing outside of it, and with limits.
///
/// Three things count against the instructions: those of the virtual machine, by a hook; what the
/// library does in one call, as it says by charge(); and bytes that are allocated. The hook comes
/// the more often the more memory is in use, because that bounds what one instruction may take.
/// Memory is that of the allocator and what keep() was told. There are no coroutines, which would
/// have hooks of their own, and no `__gc`, in which hooks are off.
///
/// A call runs on the stack of its caller: up to some 100 KiB of it, as Lua nests 200 calls of C; a
/// function of the library refuses to begin below 128 KiB.
/// [one thread at a time]
class state
{
public:
    /// Makes a state with the library. Throws limit_reached if it does not fit into the memory.
    explicit state(const limits& limits);
    ~state();
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    /// The state that a function of the library runs in.
    [[nodiscard]] static state& of(lua_State* L) noexcept
    {
        return **static_cast<state**>(lua_getextraspace(L));
    }

    /// Begins to count anew: what follows is for another packet.
    void begin() noexcept;

    /// Calls `work(L)`, in which errors of Lua may arise. Throws those as `error`, what `work`
    /// throws as it is, limit_reached and refused.
    template <class Work>
    void run(Work&& work)
    {
        using work_type = std::remove_reference_t<Work>;
        run_protected([](lua_State* L, void* object) { (*static_cast<work_type*>(object))(L); },
                      const_cast<void*>(static_cast<const void*>(&work)));
    }

    /// Calls the function at the top of the stack, below its arguments. Within run().
    void call(int arguments, int results) { lua_call(L_, arguments, results); }

    // The rest is for functions of the library. What raises leaves them by an exception that is no
    // std::exception.

    /// Counts so many instructions; raises if that is too many.
    void charge(std::uint64_t instructions);

    /// Counts bytes that are not the allocator's, until begin(); raises if that is too many.
    void keep(std::size_t bytes);

    /// Takes back what keep() was told.
    void release(std::size_t bytes) noexcept { kept_ -= bytes < kept_ ? bytes : kept_; }

    /// How many bytes may still be taken.
    [[nodiscard]] std::size_t room() const noexcept
    {
        return used_ + kept_ < limits_.memory ? limits_.memory - used_ - kept_ : 0;
    }

    /// Ends the call as refused.
    [[noreturn]] void refuse(std::string why);

    /// Raises again what no script catches, if there is such.
    void look();

    /// Raises an error if a function of the library began too deep on the stack.
    void look_at_stack()
    {
        const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
        if (stack_begin_ - here > most_stack)
            luaL_error(L_, "stack overflow");
    }

    /// What its scripts see of packets; set by its owner, which outlives the state.
    packets* seen = nullptr;

private:
    enum class ending
    {
        none,
        instructions,
        memory,
        timeout,
        refused,
        threw
    };
    using work_function = void (*)(lua_State* L, void* object);

    static void* allocate(void* self, void* block, std::size_t size, std::size_t wanted) noexcept;
    static void hook(lua_State* L, lua_Debug* where);
    static int trampoline(lua_State* L);
    void run_protected(work_function work, void* object);
    void look_at_clock();
    [[nodiscard]] int next_period() const noexcept;
    void arm(int period) noexcept;
    [[noreturn]] void raise();
    [[noreturn]] void end(ending how);
    [[noreturn]] void throw_error(int status);

    static constexpr std::uintptr_t most_stack = std::uintptr_t{128} << 10; // it grows downwards

    const limits limits_;
    std::uintptr_t stack_begin_ = 0; // of the call
    std::size_t used_ = 0;           // bytes of the allocator
    std::size_t kept_ = 0;           // others
    std::size_t refused_size_ = 0;   // what the allocator has just refused
    std::uint64_t spent_ = 0;        // instructions
    std::uint64_t look_at_ = 0;      // so many the clock is looked at
    int period_ = 1;                 // of the hook
    ending ended_ = ending::none;    // how a script ended that may not go on
    std::string why_;                // it was refused
    std::exception_ptr thrown_;      // by what run() was given
    struct begin_times
    {
        std::chrono::steady_clock::time_point wall;
        std::chrono::nanoseconds processor;
    };
    std::optional<begin_times> began_; // at the first look at the clock
    lua_State* L_ = nullptr;
};

/// Bytes that a function of the library holds outside of Lua's memory while it runs.
class held_bytes
{
public:
    explicit held_bytes(state& of) : state_(of) {}

    ~held_bytes() { state_.release(bytes_); }

    held_bytes(const held_bytes&) = delete;
    held_bytes& operator=(const held_bytes&) = delete;

    /// Raises if that is too many.
    void add(std::size_t bytes)
    {
        state_.keep(bytes);
        bytes_ += bytes;
    }

private:
    state& state_;
    std::size_t bytes_ = 0;
};

} // namespace lua
