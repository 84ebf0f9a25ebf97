// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/runtime.hpp>

#include <stdexcept>
#include <utility>

namespace penstock::detail
{

namespace
{

// At an offset that is fixed when the program starts, as the library is loaded with it: the usual
// model takes a call for each access, and each span of packets has some.
[[gnu::tls_model("initial-exec")]] constinit thread_local runtime* running = nullptr;
[[gnu::tls_model("initial-exec")]] constinit thread_local runtime* outside = nullptr;

} // namespace

bool runtime::admit(output&, packet&, const json::value&, std::uint64_t)
{
    throw std::logic_error("no source can run here");
}

bool runtime::refuse(packet&, const json::value&, const std::string&, std::uint64_t)
{
    throw std::logic_error("no source can run here");
}

bool runtime::await_ends(std::vector<std::uint64_t>&, const source_wait&)
{
    throw std::logic_error("no source can run here");
}

std::optional<json::value> runtime::load_state(std::string_view)
{
    throw std::logic_error("no state is kept here");
}

void runtime::save_state(std::string_view, const json::value&)
{
    throw std::logic_error("no state is kept here");
}

runtime* current() noexcept
{
    return running;
}

void set_current(runtime* runtime) noexcept
{
    running = runtime;
}

void call_outside(runtime& behalf, callable work)
{
    struct restored
    {
        runtime* const running_before = std::exchange(running, nullptr);
        runtime* const outside_before = outside;
        ~restored()
        {
            running = running_before;
            outside = outside_before;
        }
    };
    const restored at_the_end;
    outside = &behalf;
    work.call(work.object);
}

runtime* outside_of() noexcept
{
    return outside;
}

} // namespace penstock::detail
