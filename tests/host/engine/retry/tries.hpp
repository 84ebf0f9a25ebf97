// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <stdexcept>

namespace penstock::host::tests
{

inline constexpr retry_policy five_times{.attempts = 5, .backoff = 1ms, .max_backoff = 4ms};

inline constexpr retry_policy three_times{.attempts = 3, .backoff = 1ms, .max_backoff = 4ms};

using texts = std::vector<std::string>;

/// How often each text came, over all instances.
class tries
{
public:
    int add(const std::string& text) { return ++counts_[text]; }
    int of(const std::string& text) const { return counts_.contains(text) ? counts_.at(text) : 0; }

private:
    std::map<std::string, int> counts_; // of one lane, read when all has settled
};

/// Publishes one at a time; throws the first `failures` times that a bad text comes.
inline function_component::body one_by_one(collected& got, tries& seen, int failures)
{
    return [&got, &seen, failures](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            const std::string text(packet->text("text"));
            if (text.starts_with("bad") && seen.add(text) <= failures)
                throw std::runtime_error("not now");
            got.add(text);
            self.deliver(std::move(*packet));
        }
    };
}

#define CHECK_TEXTS(found, ...) \
    BOOST_TEST((found) == (texts{__VA_ARGS__}), boost::test_tools::per_element())

} // namespace penstock::host::tests
