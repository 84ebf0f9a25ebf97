// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/body_pace.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(body_pace)

namespace http = penstock::host::http;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace
{

constexpr http::body_pace::clock::time_point begin{};

http::limits rates()
{
    http::limits bounds;
    bounds.body_time = seconds{30};
    bounds.body_rate = 1'000;
    bounds.short_body_time = seconds{5};
    bounds.short_body_rate = 64'000;
    return bounds;
}

} // namespace

BOOST_AUTO_TEST_CASE(bytes_earn_time_and_no_more_than_there_was_at_first)
{
    http::body_pace pace{rates(), begin};
    BOOST_TEST((pace.due(false) == begin + seconds{30}));
    pace.received(500, begin + seconds{10});
    BOOST_TEST((pace.due(false) == begin + milliseconds{30'500}));
    pace.received(16'000'000, begin + seconds{20});
    BOOST_TEST((pace.due(false) == begin + seconds{50}));
}

BOOST_AUTO_TEST_CASE(who_was_slow_before_memory_was_short_is_late_at_once)
{
    http::body_pace slow{rates(), begin};
    http::body_pace quick{rates(), begin};
    for (int second = 1; second <= 20; ++second)
    {
        slow.received(2'000, begin + seconds{second});
        quick.received(100'000, begin + seconds{second});
    }
    const auto now = begin + seconds{20};
    BOOST_TEST((slow.due(false) > now));
    BOOST_TEST((slow.due(true) < now));
    BOOST_TEST((quick.due(true) > now));
}

BOOST_AUTO_TEST_SUITE_END()
