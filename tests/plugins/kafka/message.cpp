// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

BOOST_AUTO_TEST_SUITE(kafka_message)

using namespace kafka_test;
using brokers::content;
using kafka_package::message;

BOOST_AUTO_TEST_CASE(a_topic_that_no_broker_can_have_is_refused_and_not_cut)
{
    const packet some = body("x");
    for (const std::string& each :
         {std::string(), std::string("a\0-b", 4), std::string("a b"), std::string("."),
          std::string(".."), std::string("größe"), std::string("a/b"), std::string(250, 'a')})
        BOOST_CHECK_THROW(message(0, some, content::fields, {each, ""}), std::invalid_argument);
    for (const std::string& each :
         {std::string("a.B_0-"), std::string("..."), std::string(249, 'a')})
        BOOST_TEST(message(0, some, content::fields, {each, ""}).topic() == each);
}

BOOST_AUTO_TEST_CASE(a_name_of_meta_that_would_be_cut_is_refused)
{
    packet some = body("x");
    some.set_meta(std::string("a\0b", 3), "1");
    BOOST_CHECK_THROW(message(0, some, content::fields, {"t", ""}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
