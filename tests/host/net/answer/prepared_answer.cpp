// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/answer/prepared_answer.hpp"

#include "host/net/answer/answer.hpp"
#include "host/net/answer/completion.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(prepared_answers)

using namespace penstock::host::http;

namespace
{

constexpr answer_id id{0x0123456789abcdef, 0xfedcba9876543210};
const std::string digits = "0123456789abcdeffedcba9876543210";

response saying(const std::string& id)
{
    response made = response::json(202, R"({"id":")" + id + "\"}");
    made.headers.add("Location", "/at/" + id);
    return made;
}

const prepared_answer form(saying(std::string(prepared_answer::place_of_id)));

} // namespace

BOOST_AUTO_TEST_CASE(a_prepared_answer_is_written_as_the_same_answer_made_anew)
{
    const answer_frame plain{.compress_from = 1024};
    response anew = saying(digits);
    std::string written = "what was there before";
    std::string expected;
    for (std::string date; date != date_of_answer();) // in a second that does not end meanwhile
    {
        date = date_of_answer();
        expected = prepare_answer(anew, plain) + anew.body;
        form.write(id, written);
    }
    BOOST_TEST(written == expected);
}

BOOST_AUTO_TEST_CASE(each_copy_has_its_own_id)
{
    std::string first;
    std::string second;
    form.write(id, first);
    form.write({0, 1}, second);
    BOOST_TEST(first.ends_with("\"" + digits + "\"}"));
    BOOST_TEST(second.ends_with("\"00000000000000000000000000000001\"}"));
    BOOST_TEST(second.find(digits) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_prepared_answer_can_be_spelled_out)
{
    const response made = spelled_out(filled_answer{&form, id});
    BOOST_TEST(made.status == 202U);
    BOOST_TEST(made.body == saying(digits).body);
    BOOST_TEST(made.headers.lines() == saying(digits).headers.lines());
}

BOOST_AUTO_TEST_SUITE_END()
