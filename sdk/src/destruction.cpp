// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/destruction.hpp>

#include <penstock/component.hpp>
#include <penstock/port.hpp>

#include <string>
#include <utility>

namespace penstock::detail
{

namespace
{

// See runtime.cpp.
[[gnu::tls_model("initial-exec")]] constinit thread_local destruction* innermost = nullptr;

} // namespace

destruction::destruction() noexcept : outer_(std::exchange(innermost, this)) {}

destruction::~destruction()
{
    sent_ = packet_access::none();
    innermost = outer_;
}

destruction* destruction::current() noexcept
{
    return innermost;
}

// One that never ran has no log, and nothing to lose.
void destruction::refuse(std::string_view call) noexcept
{
    if (detail::current() != nullptr && !std::exchange(is_logged_, true))
        log(severity::error, std::string(call) + " in the component's destructor, which decides "
                                                 "nothing; a call from run() was expected");
}

void destruction::make_room(output& port) noexcept
{
    refuse("output \"" + port.name() + "\": sends");
    sent_ = packet_access::none();
    port_access::set_span(port, &sent_, &sent_ + 1);
}

void destroyer::operator()(component* what) const noexcept
{
    const destruction now;
    delete what;
}

} // namespace penstock::detail
