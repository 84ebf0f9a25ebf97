// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The example graphs, as they are in their files, over a few records.
#include "host/engine/engine.hpp"
#include "host/journal/memory_journal.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <sstream>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr std::size_t requests = 100;

// The packages of this build, and the one that an example builds on its own.
catalogue& all_packages()
{
    static catalogue all(
        {package_place{PENSTOCK_PACKAGES, true}, package_place{PENSTOCK_DEMO, true}});
    return all;
}

std::vector<graph_spec> examples()
{
    std::vector<graph_spec> graphs;
    for (const auto& each : std::filesystem::recursive_directory_iterator(PENSTOCK_EXAMPLES))
    {
        if (each.path().extension() != ".json" || each.path().stem().extension() == ".test" ||
            each.path().stem() == "penstock") // a configuration
            continue;
        std::ostringstream text;
        text << std::ifstream(each.path()).rdbuf();
        parsed_graph parsed = parse_graph(text.str());
        for (const problem& problem : parsed.problems)
            BOOST_ERROR(each.path() << ": " << to_string(problem));
        graphs.push_back(std::move(parsed.graph));
    }
    return graphs;
}

graph_spec example_graph(std::string_view name)
{
    for (graph_spec& each : examples())
        if (each.name == name)
            return each;
    throw std::out_of_range(std::string(name) + ": is no example");
}

// Five packages, one of which the graph drops.
std::string records(std::size_t request)
{
    json::array list;
    for (std::size_t i = 0; i < 5; ++i)
    {
        const std::string n = std::to_string(request * 5 + i);
        list.push_back(json::object{{"Package", "package-" + n},
                                    {"Version", "1." + n},
                                    {"Section", i == 3 ? "oldlibs" : "utils"},
                                    {"Description", "the tool number" + n},
                                    {"text", "tool " + n},
                                    {"Installed-Size", i}});
    }
    return write_json(list);
}

// What `./dev run` and its user send to the graphs.
std::unique_ptr<entry> request_for(const graph_spec& graph, std::size_t request)
{
    auto made = std::make_unique<entry>();
    made->bytes = 100;
    packet content;
    content.set_meta("requestmethod", graph.name == "search" ? "GET" : "POST");
    if (graph.name == "search")
    {
        content.set_meta("route", "q");
        content.set_meta("id", "number" + std::to_string(request));
        made->packets.push_back({std::move(content), ""});
    }
    else
    {
        content.set_meta("mimetype", "application/json");
        content.set_data(bytes(records(request)));
        made->packets.push_back({std::move(content), "application/json"});
    }
    return made;
}

// What became of the requests, with the answers, sorted.
std::vector<std::string> run_example(const graph_spec& graph, std::size_t lanes, exchange exchange)
{
    engine_options options;
    options.lanes = lanes;
    options.data.directory = (std::filesystem::current_path() / "data").string();
    memory_journal journal;
    engine engine(all_packages(), journal, options);
    std::vector<std::shared_ptr<const receipt>> receipts;
    const auto deploy = [&]
    {
        for (const problem& each : engine.deploy(graph))
            BOOST_ERROR(to_string(each));
    };
    deploy();
    for (std::size_t request = 0; request < requests; ++request)
    {
        if (exchange == exchange::in_the_middle && request == requests / 2)
            deploy();
        std::unique_ptr<entry> made = request_for(graph, request);
        const auto answer = engine.running(graph.name)->submit(made, &receipts.emplace_back());
        BOOST_TEST_REQUIRE((answer == admission::accepted));
    }
    BOOST_TEST(engine.stop_all() == 0U);
    std::vector<std::string> fates;
    for (const auto& each : receipts)
    {
        BOOST_TEST_REQUIRE(each->is_done());
        BOOST_TEST(each->result().dead_count == 0U);
        std::string fate = std::to_string(each->result().delivered) + " and " +
                           std::to_string(each->result().dropped);
        for (const json::value& reply : each->result().packets)
        {
            json::object form = reply.as_object();
            form.erase("id");
            fate += ' ' + write_json(form);
        }
        fates.push_back(std::move(fate));
    }
    std::ranges::sort(fates);
    return fates;
}

struct setting
{
    std::size_t lanes;
    exchange change;
};

constexpr setting settings[] = {{2, exchange::none},
                                {4, exchange::none},
                                {1, exchange::in_the_middle},
                                {2, exchange::in_the_middle},
                                {4, exchange::in_the_middle}};

// The receipts of the catalogue's requests and the documents in its index.
std::vector<std::string> index_catalogue(std::size_t lanes, exchange exchange)
{
    const workplace place;
    std::vector<std::string> results = run_example(example_graph("catalogue"), lanes, exchange);
    std::vector<std::string> documents = documents_of("catalogue");
    BOOST_TEST(documents.size() == requests * 4);
    std::ranges::sort(documents);
    std::ranges::move(documents, std::back_inserter(results));
    return results;
}

// The receipts of the greetings' requests and the lines of their file.
std::vector<std::string> greet(std::size_t lanes, exchange exchange)
{
    const workplace place;
    std::vector<std::string> results = run_example(example_graph("greetings"), lanes, exchange);
    std::vector<std::string> lines;
    std::ifstream file("greetings.ndjson");
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    BOOST_TEST(lines.size() == requests * 5);
    std::ranges::sort(lines);
    std::ranges::move(lines, std::back_inserter(results));
    return results;
}

} // namespace

BOOST_AUTO_TEST_SUITE(examples_give_the_same)

BOOST_AUTO_TEST_CASE(those_here_are_all_that_there_are)
{
    std::vector<std::string> names;
    for (const graph_spec& each : examples())
    {
        names.push_back(each.name);
        for (const problem& problem : check(each, all_packages()))
            BOOST_ERROR(each.name << ": " << to_string(problem));
    }
    std::ranges::sort(names);
    BOOST_TEST(
        names ==
            (std::vector<std::string>{
                "archives",  "books",   "catalogue", "chunks",   "documents", "documents-search",
                "enrich",    "feeds",   "fluent",    "front",    "front",     "front",
                "greetings", "hooks",   "intake",    "letters",  "library",   "lines",
                "logs",      "mails",   "minutes",   "news",     "notify",    "orders",
                "pages",     "papers",  "prices",    "programs", "relay",     "rows",
                "search",    "sensors", "stock",     "syslog",   "tables",    "webhook",
                "words",     "worker",  "worker",    "worker",   "written"}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(catalogue_with_any_lanes_and_a_deploy_in_the_middle)
{
    const std::vector<std::string> alone = index_catalogue(1, exchange::none);
    for (const auto& [lanes, change] : settings)
        BOOST_TEST(index_catalogue(lanes, change) == alone, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(greetings_with_any_lanes_and_a_deploy_in_the_middle)
{
    const std::vector<std::string> alone = greet(1, exchange::none);
    const auto polite = [](const std::string& line)
    { return line.find("hej, tool ") != std::string::npos; };
    BOOST_TEST(std::ranges::count_if(alone, polite) == static_cast<std::ptrdiff_t>(requests * 5));
    for (const auto& [lanes, change] : settings)
        BOOST_TEST(greet(lanes, change) == alone, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(search_with_any_lanes_and_a_deploy_in_the_middle)
{
    const workplace place;
    run_example(example_graph("catalogue"), 1, exchange::none);
    const graph_spec search = example_graph("search");
    const std::vector<std::string> alone = run_example(search, 1, exchange::none);
    const auto found = std::ranges::count_if(
        alone, [](const std::string& fate) { return fate.find("package-") != std::string::npos; });
    BOOST_TEST(static_cast<std::size_t>(found) == requests * 4 / 5);
    for (const auto& [lanes, change] : settings)
        BOOST_TEST(run_example(search, lanes, change) == alone, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
