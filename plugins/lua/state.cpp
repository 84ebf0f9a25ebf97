// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "state.hpp"

#include "library.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace lua
{

namespace
{

constexpr std::size_t bytes_an_instruction = 256;     // that are allocated in its time
constexpr std::uint64_t instructions_a_look = 10'000; // at the clock, where no hook comes
constexpr std::size_t large_block = std::size_t{32} << 10;
constexpr int greatest_period = 1000;

// An instruction takes up to 8 ns for each byte in use, when it compares texts of zero bytes; so
// many byte-instructions are 130 ms.
constexpr std::size_t bytes_a_period = std::size_t{16} << 20;

std::chrono::nanoseconds processor_time() noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

state::state(const limits& limits) : limits_(limits), L_(lua_newstate(&allocate, this))
{
    if (L_ == nullptr)
        throw limit_reached("memory limit: " + std::to_string(limits_.memory) + " bytes");
    *static_cast<state**>(lua_getextraspace(L_)) = this;
    try
    {
        run([](lua_State* L) { open_library(L); });
    }
    catch (...)
    {
        lua_close(L_);
        throw;
    }
}

state::~state()
{
    lua_close(L_);
}

void state::begin() noexcept
{
    spent_ = 0;
    look_at_ = instructions_a_look;
    kept_ = 0;
    refused_size_ = 0;
    ended_ = ending::none;
    began_.reset();
    arm(next_period());
}

void state::charge(std::uint64_t instructions)
{
    spent_ += instructions;
    look();
    if (spent_ > limits_.instructions)
        end(ending::instructions);
    if (spent_ > look_at_)
    {
        look_at_ = spent_ + instructions_a_look;
        look_at_clock();
    }
}

void state::keep(std::size_t bytes)
{
    look();
    if (bytes > room())
        end(ending::memory);
    kept_ += bytes;
    charge(bytes / bytes_an_instruction);
}

void state::refuse(std::string why)
{
    look();
    why_ = std::move(why);
    end(ending::refused);
}

void state::look()
{
    if (ended_ != ending::none)
        raise();
}

void* state::allocate(void* self, void* block, std::size_t size, std::size_t wanted) noexcept
{
    state& of = *static_cast<state*>(self);
    const std::size_t before = block != nullptr ? size : 0; // else size is a type
    if (wanted == 0)
    {
        std::free(block);
        of.used_ -= before;
        return nullptr;
    }
    if (wanted > before && wanted - before > of.room())
    {
        // Lua collects what is garbage and asks once again.
        if (of.refused_size_ == wanted && of.ended_ == ending::none)
            of.ended_ = ending::memory;
        of.refused_size_ = wanted;
        return nullptr;
    }
    void* const made = std::realloc(block, wanted);
    if (made == nullptr)
        return nullptr;
    of.used_ = of.used_ - before + wanted;
    if (wanted > before)
    {
        of.refused_size_ = 0;
        of.spent_ += (wanted - before) / bytes_an_instruction;
        if (wanted >= large_block && of.period_ > 1 && of.L_ != nullptr)
            of.arm(1);
    }
    return made;
}

void state::hook(lua_State* L, lua_Debug*)
{
    state& of = state::of(L);
    of.charge(static_cast<std::uint64_t>(of.period_));
    of.look_at_clock();
    if (const int period = of.next_period(); period != of.period_)
        of.arm(period);
}

// What counts is the time of the processor, so that a busy machine fails no script; the clock on
// the wall is cheaper to read.
void state::look_at_clock()
{
    const auto now = std::chrono::steady_clock::now();
    if (!began_)
        began_ = begin_times{now, processor_time()};
    else if (now - began_->wall > limits_.timeout &&
             processor_time() - began_->processor > limits_.timeout)
        end(ending::timeout);
}

int state::next_period() const noexcept
{
    const std::size_t period = bytes_a_period / (used_ + 1);
    return static_cast<int>(
        std::clamp<std::size_t>(period, 1, static_cast<std::size_t>(greatest_period)));
}

void state::arm(int period) noexcept
{
    period_ = period;
    lua_sethook(L_, &hook, LUA_MASKCOUNT, period);
}

void state::raise()
{
    arm(1); // what catches it ends at its next instruction
    lua_pushlightuserdata(L_, this);
    lua_error(L_);
    std::abort(); // not reached: lua_error() is declared to return
}

void state::end(ending how)
{
    ended_ = how;
    raise();
}

int state::trampoline(lua_State* L)
{
    const auto work = reinterpret_cast<work_function>(lua_touserdata(L, 1));
    void* const object = lua_touserdata(L, 2);
    lua_settop(L, 0);
    state& of = state::of(L);
    try
    {
        work(L, object);
        return 0;
    }
    catch (const std::exception&)
    {
        of.thrown_ = std::current_exception();
    }
    of.end(ending::threw);
}

void state::run_protected(work_function work, void* object)
{
    stack_begin_ = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    lua_pushcfunction(L_, &trampoline);
    lua_pushlightuserdata(L_, reinterpret_cast<void*>(work));
    lua_pushlightuserdata(L_, object);
    const int status = lua_pcall(L_, 2, 0, 0);
    if (status != LUA_OK || ended_ != ending::none)
        throw_error(status);
}

void state::throw_error(int status)
{
    std::string text;
    if (status == LUA_ERRMEM && ended_ == ending::none)
        ended_ = ending::memory;
    else if (status != LUA_OK && lua_type(L_, -1) == LUA_TSTRING)
    {
        std::size_t size = 0;
        const char* const begin = lua_tolstring(L_, -1, &size);
        text.assign(begin, size);
    }
    else if (status != LUA_OK)
        text = std::string("the error is a ") + luaL_typename(L_, -1) + "; a text was expected";
    lua_settop(L_, 0);
    const ending how = std::exchange(ended_, ending::none);
    switch (how)
    {
    case ending::instructions:
        throw limit_reached("instruction limit: " + std::to_string(limits_.instructions) +
                            " instructions");
    case ending::memory:
        throw limit_reached("memory limit: " + std::to_string(limits_.memory) + " bytes");
    case ending::timeout:
        throw limit_reached("time limit: " + std::to_string(limits_.timeout.count()) + " ms");
    case ending::refused: throw refused(std::exchange(why_, {}));
    case ending::threw: std::rethrow_exception(std::exchange(thrown_, nullptr));
    case ending::none: break;
    }
    throw error(text);
}

} // namespace lua
