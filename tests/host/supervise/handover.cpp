// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/handover.hpp"
#include "host/base/descriptor.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(handover_of_a_supervisor)

using penstock::host::descriptor;
using penstock::host::supervise::handover;

namespace
{

std::string value_of(const handover& handed)
{
    const std::string text = handed.text();
    return text.substr(text.find('=') + 1);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back)
{
    for (const bool intake_only : {false, true})
    {
        const std::string settings = "{\n  \"lanes\": 1,\n  \"hosts\": []\n}\n";
        const auto read = handover::read(value_of({7, 12, intake_only, settings}));
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->listener == 7);
        BOOST_TEST(read->shared_memory == 12);
        BOOST_TEST(read->intake_only == intake_only);
        BOOST_TEST(read->settings == settings);
    }
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused)
{
    for (const char* wrong : {"", "7", "7,8", "7,8,", "7,8,some", "-1,8,all", "x,8,all"})
        BOOST_TEST(!handover::read(wrong).has_value(), wrong);
}

BOOST_AUTO_TEST_CASE(it_is_taken_once_and_not_inherited)
{
    const descriptor first(::open("/dev/null", O_RDONLY));
    const descriptor second(::open("/dev/null", O_RDONLY));
    ::setenv(handover::variable, value_of({first.number(), second.number(), false, {}}).c_str(), 1);
    BOOST_TEST(handover::take().has_value());
    BOOST_TEST(::fcntl(first.number(), F_GETFD) == FD_CLOEXEC);
    BOOST_TEST(::fcntl(second.number(), F_GETFD) == FD_CLOEXEC);
    BOOST_TEST(!handover::take().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
