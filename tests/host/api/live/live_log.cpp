// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_log.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(live_logs)

using penstock::severity;
using penstock::host::api::live_log;
using penstock::host::api::live_log_reader;

namespace
{

class reader final : public live_log_reader
{
public:
    void heard(severity, std::string_view node, std::string_view text) noexcept override
    {
        lines.push_back(std::string(node) + ": " + std::string(text));
    }

    std::vector<std::string> lines;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_reader_hears_of_its_graph_alone)
{
    live_log log;
    const auto one = std::make_shared<reader>();
    log.add("one", one);
    log.publish(severity::warning, "one", "read", "heard");
    log.publish(severity::warning, "two", "read", "not heard");
    BOOST_TEST(one->lines == std::vector<std::string>{"read: heard"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_gone_is_told_nothing)
{
    live_log log;
    auto one = std::make_shared<reader>();
    const std::weak_ptr<reader> watched = one;
    log.add("one", one);
    one.reset();
    BOOST_TEST(watched.expired()); // the log does not keep it
    BOOST_CHECK_NO_THROW(log.publish(severity::warning, "one", "read", "to nobody"));
}

BOOST_AUTO_TEST_SUITE_END()
