// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/stage.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host::tests
{

namespace
{

std::size_t sum(const json::object& stats, const char* list, const char* key)
{
    std::size_t all = 0;
    for (const json::value& each : stats.at(list).as_array())
        all += each.as_object().at(key).to_number<std::size_t>();
    return all;
}

} // namespace

std::string media_of(const component_type& type)
{
    if (type.description.accepts.empty())
        return "application/octet-stream";
    std::string media = type.description.accepts.front();
    if (media.starts_with("*/"))
        return "application/octet-stream";
    if (media.ends_with("/*"))
        media.replace(media.size() - 1, 1, "plain");
    return media;
}

workplace::workplace() : before_(std::filesystem::current_path())
{
    std::string name = (std::filesystem::temp_directory_path() / "penstock-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error(name + ": no such directory could be made");
    path_ = name;
    std::filesystem::current_path(path_);
    std::filesystem::create_directory("data");
    given_.emplace((path_ / "data").string());
}

workplace::~workplace()
{
    given_.reset();
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
    std::filesystem::remove_all(path_, ignored);
}

std::size_t workplace::files() const
{
    const std::filesystem::recursive_directory_iterator all(path_);
    return static_cast<std::size_t>(std::distance(begin(all), end(all))) - 1;
}

captured_output::captured_output()
{
    std::fflush(stdout);
    before_ = ::dup(STDOUT_FILENO);
    const int file = ::open("stdout", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (before_ < 0 || file < 0 || ::dup2(file, STDOUT_FILENO) < 0)
        throw std::runtime_error("the standard output cannot be captured");
    ::close(file);
}

captured_output::~captured_output()
{
    std::fflush(stdout);
    ::dup2(before_, STDOUT_FILENO);
    ::close(before_);
}

std::string text_of(const packet& packet)
{
    json::object form = to_json(packet);
    form.erase("id");
    if (const auto meta = form.find("meta"); meta != form.end())
    {
        json::object& all = meta->value().as_object();
        for (const char* each :
             {"redelivered", "x-delivery-count"}) // of a message that comes again
            all.stable_erase(each);
        if (all.contains("closed_by")) // a part of a window, whose id has that of a packet
            all.stable_erase("id");
    }
    try
    {
        return write_json(form);
    }
    catch (const std::invalid_argument&)
    {
        return "with a number that JSON cannot hold";
    }
}

plan_builder::maker maker_of(std::shared_ptr<const component_type> type, json::object params)
{
    return [type = std::move(type), params = std::move(params)]
    {
        std::unique_ptr<component> made = type->make();
        const auto problems = configure(*made, params);
        if (!problems.empty())
            throw std::invalid_argument(problems.front().name + ": " + problems.front().message);
        return made;
    };
}

stage::stage(const component_type& type, const exercise& how, collector::gate gate)
    : type_(packages().find(type.id)), how_(how), gate_(gate)
{
    constexpr resources::deployment_id nobody = 0;
    if (gate == collector::gate::closed)
        bench_.resources.acquire(nobody, "gate", [] {});
}

stage::~stage()
{
    bench_.graph.stop(0ms);
}

plan_builder stage::plan(collector::gate gate)
{
    plan_builder plan;
    if (!type_->starts())
        plan.door();
    const plan_builder::maker make = maker_of(type_, how_.params);
    plan.node("it", type_->category, make);
    const component_description has = describe(*make());
    if (!type_->starts())
        for (const port_description& in : has.inputs)
            plan.edge("door.out", "it." + in.name);
    for (const port_description& out : has.outputs)
    {
        const std::string name = "to_" + out.name;
        plan.node(name, category::publisher,
                  [this, gate, word = out.name]
                  { return std::make_unique<collector>(got_, word, gate); });
        plan.edge("it." + out.name, name + ".in");
    }
    return plan;
}

void stage::deploy(std::size_t lanes)
{
    bench_.deploy(plan(gate_), lanes);
}

void stage::deploy_with_open_gate(std::size_t lanes)
{
    bench_.deploy(plan(collector::gate::open), lanes);
}

void stage::push(std::size_t request)
{
    auto made = std::make_unique<entry>();
    made->bytes = 100;
    for (std::size_t i = 0; i <= request % 3; ++i)
        made->packets.push_back({how_.sample(request * 3 + i), media_of(*type_)});
    submit(std::move(made));
}

void stage::push(packet content, bool trigger)
{
    auto made = std::make_unique<entry>();
    made->bytes = 100;
    made->packets.push_back({std::move(content), trigger ? std::string() : media_of(*type_)});
    submit(std::move(made));
}

void stage::push(std::vector<packet> contents)
{
    auto made = std::make_unique<entry>();
    made->bytes = 100;
    for (packet& each : contents)
        made->packets.push_back({std::move(each), media_of(*type_)});
    submit(std::move(made));
}

void stage::submit(std::unique_ptr<entry> made)
{
    std::shared_ptr<const receipt> issued;
    if (bench_.push(std::move(made), &issued) != admission::accepted)
        throw std::runtime_error("a request was not accepted");
    receipts_.push_back(std::move(issued));
}

std::vector<std::string> stage::fates() const
{
    std::vector<std::string> fates;
    for (const auto& each : receipts_)
    {
        if (!each->is_done())
        {
            fates.emplace_back("pending");
            continue;
        }
        const receipt_result& result = each->result();
        fates.push_back("delivered " + std::to_string(result.delivered) + ", dropped " +
                        std::to_string(result.dropped) + ", failed " +
                        std::to_string(result.failed) + ", dead " +
                        std::to_string(result.dead_count));
        for (const json::value& reply : result.packets)
        {
            json::object form = reply.as_object();
            form.erase("id");
            fates.back() += ' ' + write_json(form);
        }
    }
    return fates;
}

std::size_t stage::count(std::string_view what) const
{
    return bench_.graph.stats()
        .at("nodes")
        .as_object()
        .at("it")
        .as_object()
        .at(what)
        .to_number<std::size_t>();
}

std::size_t stage::queued() const
{
    return sum(bench_.graph.stats(), "edges", "depth");
}

outcome run_requests(const component_type& type, const exercise& how, std::size_t requests,
                     std::size_t lanes, exchange exchange)
{
    const workplace place;
    outcome result;
    if (how.prepare)
        how.prepare();
    {
        std::unique_ptr<captured_output> capture;
        if (how.prints)
            capture = std::make_unique<captured_output>();
        stage stage(type, how);
        stage.deploy(lanes);
        for (std::size_t request = 0; request < requests; ++request)
        {
            if (exchange == exchange::in_the_middle && request == requests / 2)
                stage.deploy(lanes);
            stage.push(request);
        }
        result.settled = stage.settle();
        result.left = stage.bench().graph.stop(20s);
        result.results = stage.got().texts();
        std::ranges::move(stage.fates(), std::back_inserter(result.results));
        result.log = stage.bench().log.texts();
    }
    if (how.published)
        std::ranges::move(how.published(), std::back_inserter(result.results));
    std::ranges::sort(result.results);
    return result;
}

} // namespace penstock::host::tests
