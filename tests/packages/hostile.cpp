// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What nobody should send or ask for, and somebody will.
#include "tests/packages/cases.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <set>
#include <thread>

namespace penstock::host::tests
{

namespace
{

constexpr std::string_view wrong_throw = "no std::exception";

// Names that a component may look at: those of its parameters' values, and common ones.
void collect_names(const json::value& value, std::set<std::string>& names)
{
    if (const json::string* text = value.if_string())
    {
        std::string_view name = *text;
        for (const std::string_view place : {"/fields/", "/meta/"})
            if (name.starts_with(place))
                name.remove_prefix(place.size());
        names.emplace(name);
    }
    else if (const json::array* list = value.if_array())
    {
        for (const json::value& each : *list)
            collect_names(each, names);
    }
}

std::set<std::string> names_for(const component_type& type, const exercise& how)
{
    std::set<std::string> names{"id",       "text",  "n",      "title", "requestmethod",
                                "mimetype", "route", "charset"};
    for (const auto& [name, value] : how.params)
        collect_names(value, names);
    for (const auto& parameter : type.description.parameters)
        if (const json::value* fallback = parameter.schema.if_contains("default"))
            collect_names(*fallback, names);
    names.erase("");
    return names;
}

json::value nested(std::size_t depth, bool in_lists)
{
    json::value value = "inside";
    for (std::size_t i = 0; i < depth; ++i)
        value =
            in_lists ? json::value(json::array{value}) : json::value(json::object{{"a", value}});
    return value;
}

std::vector<json::value> hostile_values()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<json::value> values{nullptr,
                                    false,
                                    -1,
                                    1.5,
                                    1e308,
                                    std::numeric_limits<std::uint64_t>::max(),
                                    infinity,
                                    std::numeric_limits<double>::quiet_NaN(),
                                    "",
                                    json::string(1'000'000, 'x'),
                                    "\xff\xfe\xc0",
                                    json::string("a\0b", 3),
                                    "'; DROP TABLE documents; --",
                                    "../../etc/passwd",
                                    "%s%n",
                                    json::array(),
                                    json::object(),
                                    nested(60, true),
                                    nested(60, false)};
    json::array many;
    json::object wide;
    for (int i = 0; i < 1000; ++i)
    {
        many.push_back(i % 2 == 0 ? json::value(i) : json::value("x"));
        wide[std::to_string(i)] = i;
    }
    values.emplace_back(std::move(many));
    values.emplace_back(std::move(wide));
    values.emplace_back(json::array{nullptr, json::array{infinity}, json::object{{"", nullptr}}});
    return values;
}

// Whether all is done, or the component waits, as it may, for what its parameters name.
bool settles_or_waits(stage& stage, bool may_wait)
{
    running_graph& graph = stage.bench().graph;
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (may_wait && graph.totals().done != graph.totals().accepted &&
           std::chrono::steady_clock::now() < deadline)
    {
        if (std::ranges::any_of(graph.retrying_nodes(), &retrying_node::is_away))
            return true;
        std::this_thread::yield();
    }
    return stage.settle();
}

json::array odd_values()
{
    return {nullptr,
            true,
            -1,
            0,
            1.5,
            1e308,
            "",
            " ",
            "a/b",
            "/fields/",
            "/meta/x",
            "/nowhere/at/all",
            json::string(5000, 'x'),
            json::string("a\0b", 3),
            "\xff",
            json::array(),
            json::array{""},
            json::array{"a"},
            json::array{"a", "a"},
            json::object(),
            json::object{{"", nullptr}}};
}

} // namespace

std::vector<packet> hostile_packets(const component_type& type, const exercise& how)
{
    const std::set<std::string> names = names_for(type, how);
    std::vector<packet> packets;
    for (const json::value& value : hostile_values())
    {
        packet single;
        packet several;
        packet meta;
        for (const std::string& name : names)
        {
            single.set(name, value);
            single.set_field_meta(name, name, value);
            several.append(name, value);
            several.append(name, value);
            meta.set_meta(name, value);
        }
        meta.set("text", "as usual");
        meta.set_data(bytes(std::string("{\"a\": [\x01\xff\0", 10)));
        packets.push_back(std::move(single));
        packets.push_back(std::move(several));
        packets.push_back(std::move(meta));
    }
    packet named;
    named.set("", 1);
    named.set(std::string(100'000, 'n'), 1);
    named.set("\xff", 1);
    named.set_meta("", 1);
    named.set_meta("a\nb", 1);
    packets.push_back(std::move(named));
    return packets;
}

void survives_hostile_packets(const component_type& type, const exercise& how)
{
    if (!how.sample)
        return; // a source takes none
    const workplace place;
    if (how.prepare)
        how.prepare();
    std::unique_ptr<captured_output> capture;
    if (how.prints)
        capture = std::make_unique<captured_output>();
    stage stage(type, how);
    stage.deploy(1);
    for (packet& each : hostile_packets(type, how))
    {
        stage.push(how.sample(0));
        stage.push(std::move(each));
    }
    stage.push(how.sample(0));
    const bool settled = stage.settle();
    const std::size_t restarts = stage.restarts();
    capture.reset();
    BOOST_TEST(settled);
    BOOST_TEST(restarts == 0U);
    BOOST_TEST((stage.bench().graph.state() == graph_state::running));
    for (std::size_t i = 0; i < stage.receipts().size(); ++i)
    {
        BOOST_TEST_REQUIRE(stage.receipts()[i]->is_done());
        const receipt_result& result = stage.receipts()[i]->result();
        for (const json::object& letter : result.dead)
        {
            const std::string_view reason = letter.at("reason").as_string();
            BOOST_TEST(reason.find(wrong_throw) == std::string_view::npos, reason);
            BOOST_TEST(i % 2 == 1, "a packet beside a hostile one died: " << reason);
        }
        if (i % 2 == 0)
            BOOST_TEST(result.delivered == stage.receipts().back()->result().delivered);
    }
    for (const std::string& line : stage.bench().log.texts())
        BOOST_ERROR("log: " << line);
}

void runs_or_refuses_to_start_with_odd_parameters(const component_type& type, const exercise& how)
{
    for (const auto& parameter : type.description.parameters)
        for (const json::value& value : odd_values())
        {
            const workplace place;
            if (how.prepare && !how.sample)
                how.prepare(); // a source reads at once what it finds
            exercise odd = how;
            odd.params[parameter.name] = value;
            if (!configure(*type.make(), odd.params).empty())
                continue;
            if (how.begin_server)
                how.begin_server();
            std::unique_ptr<captured_output> capture;
            if (how.prints)
                capture = std::make_unique<captured_output>();
            stage stage(type, odd);
            std::string refusal;
            try
            {
                stage.deploy(1);
                for (std::size_t request = 0; how.sample && request < 3; ++request)
                    stage.push(request);
                if (how.sample)
                    BOOST_TEST(settles_or_waits(stage, how.may_wait));
            }
            catch (const std::runtime_error& error)
            {
                refusal = error.what();
            }
            capture.reset();
            BOOST_TEST(refusal.find(wrong_throw) == std::string::npos,
                       parameter.name << " " << value << ": " << refusal);
            BOOST_TEST((refusal.empty() || refusal.starts_with("it: ")), refusal);
            for (const std::string& line : stage.bench().log.texts())
                if (!how.may_wait)
                    BOOST_ERROR(parameter.name << " " << value << ": log: " << line);
        }
}

} // namespace penstock::host::tests
