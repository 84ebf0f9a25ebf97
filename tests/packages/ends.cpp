// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// An end means the same in a graph as in testing::run().
#include "tests/packages/cases.hpp"
#include "tests/packages/stage.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <ostream>

namespace penstock::host::tests
{

namespace
{

struct ends
{
    std::size_t sent = 0;
    std::size_t delivered = 0;
    std::size_t dropped = 0;
    std::size_t failed = 0;

    friend bool operator==(const ends&, const ends&) = default;
    friend std::ostream& operator<<(std::ostream& out, const ends& all)
    {
        return out << "sent " << all.sent << ", delivered " << all.delivered << ", dropped "
                   << all.dropped << ", failed " << all.failed;
    }
};

using maker = std::function<std::vector<packet>()>;

void prepare(const exercise& how)
{
    if (how.prepare)
        how.prepare();
}

ends ends_in_a_graph(const component_type& type, const exercise& how, const maker& packets)
{
    const workplace place;
    prepare(how);
    std::unique_ptr<captured_output> capture;
    if (how.prints)
        capture = std::make_unique<captured_output>();
    stage stage(type, how);
    stage.deploy(1);
    stage.push(packets());
    const bool settled = stage.settle();
    const ends found{stage.count("sent"), stage.count("delivered"), stage.count("dropped"),
                     stage.count("failed")};
    capture.reset();
    BOOST_TEST(settled);
    return found;
}

// Each input gets all packets, as copies of one that took different ways.
ends ends_in_a_test(const component_type& type, const exercise& how, const maker& packets)
{
    const workplace place;
    prepare(how);
    std::unique_ptr<captured_output> capture;
    if (how.prints)
        capture = std::make_unique<captured_output>();
    testing::inputs inputs;
    std::vector<packet> all = packets();
    for (std::size_t i = 0; i < all.size(); ++i)
        detail::packet_access::set_id(all[i], {1, i});
    for (const port_description& in : type.description.inputs)
        for (const packet& each : all)
            inputs[in.name].push_back(detail::packet_access::share(each));
    const testing::result result = testing::run(type.make(), how.params, std::move(inputs));
    capture.reset();
    ends found{0, result.delivered.size(), result.dropped.size(), result.failed.size()};
    for (const auto& [port, sent] : result.sent)
        found.sent += sent.size();
    return found;
}

} // namespace

void ends_packets_as_in_a_test_of_its_own(const component_type& type, const exercise& how)
{
    if (!how.sample)
    {
        BOOST_TEST(ends_in_a_test(type, how, [] { return std::vector<packet>(); }).sent ==
                   how.makes);
        return;
    }
    const auto samples = [&]
    {
        std::vector<packet> made;
        for (std::size_t n = 0; n < 20; ++n)
            made.push_back(how.sample(n));
        return made;
    };
    const auto empty = [] { return testing::packets(packet()); };
    const auto hostile = [&] { return hostile_packets(type, how); };
    for (const maker& packets : {maker(samples), maker(empty), maker(hostile)})
    {
        const ends found = ends_in_a_graph(type, how, packets);
        BOOST_TEST(found == ends_in_a_test(type, how, packets));
        BOOST_TEST(found != ends());
    }
}

} // namespace penstock::host::tests
