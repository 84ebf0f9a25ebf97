// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/late_sends.hpp>

#include <penstock/component.hpp>
#include <penstock/port.hpp>

#include <utility>

namespace penstock::detail
{

void late_sends::make_room(output& port) noexcept
{
    if (!std::exchange(is_logged_, true))
        log(severity::error,
            "output \"" + port.name() +
                "\": sends in the component's destructor, which decides nothing; a "
                "call from run() was expected");
    end();
    port_access::set_span(port, &sent_, &sent_ + 1);
}

} // namespace penstock::detail
