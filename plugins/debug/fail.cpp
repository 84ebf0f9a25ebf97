// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace debug_package
{
namespace
{

void touch_no_memory()
{
    int* volatile nowhere = nullptr;
    *static_cast<volatile int*>(nowhere) = 1;
}

[[noreturn]] void spin()
{
    for (std::atomic<unsigned> turns{0};;)
        turns.fetch_add(1, std::memory_order_relaxed); // an idle loop would be undefined
}

// Volatile, so that neither the frames nor the recursion can be optimised away.
int use_up_stack(volatile int& depth)
{
    volatile char frame[4096];
    frame[0] = static_cast<char>(depth);
    depth = depth + 1;
    if (depth < 0)
        return 0;
    return use_up_stack(depth) + frame[0];
}

class fail final : public penstock::transformer
{
    penstock::parameter<std::string> field{
        *this, "field", "", "The field that tells which packets fail; empty: each one."};
    penstock::parameter<penstock::json::value> value{
        *this, "value", nullptr,
        "The value of the field, or one of its values, with which a packet fails; null: any."};
    penstock::parameter<std::string> how{
        *this, "how", "throw", "What happens then.",
        penstock::choices{"throw", "segfault", "abort", "hang", "overflow"}};

    void process(penstock::packet& packet) override
    {
        if (!matches(packet))
            return;
        if (*how == "segfault")
            touch_no_memory();
        else if (*how == "abort")
            std::abort();
        else if (*how == "hang")
            spin();
        else if (*how == "overflow")
        {
            volatile int depth = 0;
            use_up_stack(depth);
        }
        throw std::runtime_error("the packet was told to fail");
    }

    bool matches(const penstock::packet& packet) const
    {
        if (field->empty())
            return true;
        const penstock::json::array values = packet.values(*field);
        if (value->is_null())
            return !values.empty();
        return std::find(values.begin(), values.end(), *value) != values.end();
    }
};

} // namespace

extern constinit const penstock::component_entry fail_entry =
    penstock::component_of<fail>("fail", penstock::category::transformer,
                                 "Fails, crashes or hangs on chosen packets, to test faults.");

} // namespace debug_package
