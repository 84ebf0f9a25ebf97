// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

using texts = std::vector<std::string>;

#define CHECK_TEXTS(found, ...) \
    BOOST_TEST((found) == (texts{__VA_ARGS__}), boost::test_tools::per_element())

/// A graph of a door, one component, and a sink behind it; and the receipt of each request.
class trial
{
public:
    explicit trial(function_component::body body, category kind = category::op,
                   retry_policy retry = no_retry)
    {
        deploy(plan_builder().door().function("it", std::move(body), kind).retry(retry));
    }

    explicit trial(const plan_builder::maker& make)
    {
        deploy(plan_builder().door().node("it", category::transformer, make));
    }

    void push(const std::string& text)
    {
        std::shared_ptr<const receipt> issued;
        bench_.push(tests::bench::make_entry(text), &issued);
        receipts_.push_back(std::move(issued));
    }

    /// What became of each request, as `delivered dropped failed dead`.
    texts fates()
    {
        BOOST_TEST_REQUIRE(bench_.settle());
        texts all;
        for (const auto& each : receipts_)
        {
            const receipt_result& result = each->result();
            all.push_back(std::to_string(result.delivered) + ' ' + std::to_string(result.dropped) +
                          ' ' + std::to_string(result.failed) + ' ' +
                          std::to_string(result.dead_count));
        }
        return all;
    }

    /// The reasons of the dead letters, the oldest first.
    texts reasons()
    {
        texts all;
        for (const dead_letter& each : bench_.dead_letters())
            all.push_back(each.reason);
        std::ranges::reverse(all);
        return all;
    }

    tests::bench& bench() { return bench_; }
    collected& got() { return got_; }

private:
    void deploy(plan_builder plan)
    {
        bench_.deploy(plan.sink(got_).edge("door.out", "it.in").edge("it.out", "sink.in"));
    }

    collected got_;
    tests::bench bench_;
    std::vector<std::shared_ptr<const receipt>> receipts_;
};

inline void send_derived(packet& from, output& out)
{
    packet child = from.derive();
    child.set("text", from.text("text") + "'");
    out.send(std::move(child));
}

} // namespace penstock::host::tests
