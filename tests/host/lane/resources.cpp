// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/lane/resources.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(exclusive_resources)

using penstock::host::resources;

BOOST_AUTO_TEST_CASE(a_later_version_waits_until_the_earlier_one_is_released)
{
    resources all;
    all.enter(1, "g");
    all.enter(2, "g");
    bool granted = false;
    BOOST_TEST(all.acquire(1, "file", {}));
    BOOST_TEST(!all.acquire(2, "file", [&] { granted = true; }));
    BOOST_TEST(all.acquire(1, "file", {})); // another lane
    all.release(1);
    BOOST_TEST(granted);
    BOOST_TEST(all.acquire(2, "file", {}));
}

BOOST_AUTO_TEST_CASE(what_one_graph_has_declared_another_cannot_declare)
{
    resources all;
    BOOST_TEST(all.claim(1, "g", "file") == "");
    BOOST_TEST(all.claim(2, "other", "file") == "g");
    BOOST_TEST(all.claim(3, "g", "file") == ""); // a later version
    all.release(1);
    BOOST_TEST(all.claim(2, "other", "file") == "g");
    all.release(3);
    BOOST_TEST(all.claim(2, "other", "file") == "");
}

BOOST_AUTO_TEST_CASE(what_one_graph_has_another_cannot_declare)
{
    resources all;
    all.enter(1, "g");
    BOOST_TEST(all.acquire(1, "file", {}));
    BOOST_TEST(all.claim(2, "other", "file") == "g");
    BOOST_TEST(all.claim(3, "g", "file") == "");
}

BOOST_AUTO_TEST_CASE(an_earlier_version_that_asks_last_gets_it_first)
{
    resources all;
    all.enter(1, "g");
    all.enter(2, "g");
    bool granted = false;
    BOOST_TEST(!all.acquire(2, "file", [&] { granted = true; }));
    BOOST_TEST(all.acquire(1, "file", {}));
    BOOST_TEST(!granted);
    all.release(1);
    BOOST_TEST(granted);
}

BOOST_AUTO_TEST_CASE(of_several_that_wait_the_earliest_version_is_next)
{
    resources all;
    for (const resources::deployment_id each : {1U, 2U, 3U})
        all.enter(each, "g");
    int last = 0;
    BOOST_TEST(all.acquire(1, "file", {}));
    BOOST_TEST(!all.acquire(3, "file", [&] { last = 3; }));
    BOOST_TEST(!all.acquire(2, "file", [&] { last = 2; }));
    all.release(1);
    BOOST_TEST(last == 2);
    all.release(2);
    BOOST_TEST(last == 3);
}

BOOST_AUTO_TEST_CASE(an_earlier_version_that_never_asks_holds_nobody_up_once_released)
{
    resources all;
    all.enter(1, "g");
    all.enter(2, "g");
    bool granted = false;
    BOOST_TEST(!all.acquire(2, "file", [&] { granted = true; }));
    all.release(1);
    BOOST_TEST(granted);
}

BOOST_AUTO_TEST_CASE(versions_of_other_graphs_are_not_waited_for)
{
    resources all;
    all.enter(1, "g");
    all.enter(2, "other");
    BOOST_TEST(all.acquire(2, "file", {}));
    bool granted = false;
    BOOST_TEST(!all.acquire(1, "file", [&] { granted = true; }));
    all.release(2);
    BOOST_TEST(granted);
}

BOOST_AUTO_TEST_SUITE_END()
