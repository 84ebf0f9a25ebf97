// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/dry_run.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/testing/run.hpp>

#include <exception>
#include <utility>

namespace penstock::host
{

namespace
{

std::vector<packet> shared(const std::vector<packet>& packets)
{
    std::vector<packet> list;
    list.reserve(packets.size());
    for (const packet& each : packets)
        list.push_back(detail::packet_access::share(each));
    return list;
}

void append(std::vector<packet>& to, const std::vector<packet>& packets)
{
    for (packet& each : shared(packets))
        to.push_back(std::move(each));
}

class dry_runner
{
public:
    dry_runner(const plan& plan, dry_run_script script) : plan_(plan), script_(std::move(script))
    {
        result_.arrived = std::move(script_.fed);
    }

    dry_run_result all()
    {
        for (std::size_t node = 0; node < plan_.nodes.size(); ++node)
        {
            const planned_node& planned = plan_.nodes[node];
            for (const std::string& port : planned.inputs)
                result_.arrived[{planned.name, port}]; // there, if only empty
            if (!script_.replaced.contains(planned.name))
                play(planned, node);
            for (auto& [port, packets] : script_.played)
                if (port.node == planned.name)
                    result_.sent[port] = std::move(packets);
            pass_on(node);
        }
        return std::move(result_);
    }

private:
    void play(const planned_node& planned, std::size_t node)
    {
        testing::inputs fed;
        for (std::size_t port = 0; port < planned.inputs.size(); ++port)
            if (is_wired(node, port) || planned.entry == port)
                fed[planned.inputs[port]] =
                    shared(result_.arrived[{planned.name, planned.inputs[port]}]);
        try
        {
            take(planned, testing::run_configured(planned.make(), std::move(fed)));
        }
        catch (const std::exception& error)
        {
            result_.thrown.emplace_back(planned.name, error.what());
        }
    }

    void take(const planned_node& planned, testing::result came)
    {
        for (auto& [port, packets] : came.sent)
            result_.sent[{planned.name, port}] = std::move(packets);
        append(result_.replies, came.replies);
        std::vector<packet>& failed = result_.sent[{planned.name, "error"}];
        for (auto& [lost, reason] : came.failed)
        {
            result_.dead.emplace_back(planned.name, reason);
            lost.set_meta("error_reason", reason);
            lost.set_meta("error_node", planned.name);
            failed.push_back(std::move(lost));
        }
        if (has_error_edge(planned))
            std::erase_if(result_.dead,
                          [&](const auto& each) { return each.first == planned.name; });
    }

    void pass_on(std::size_t node)
    {
        const planned_node& from = plan_.nodes[node];
        for (const planned_edge& edge : plan_.edges)
        {
            if (edge.from_node != node)
                continue;
            const planned_node& to = plan_.nodes[edge.to_node];
            const std::string port =
                edge.from_port == error_port ? "error" : from.outputs[edge.from_port];
            append(result_.arrived[{to.name, to.inputs[edge.to_port]}],
                   result_.sent[{from.name, port}]);
        }
    }

    bool is_wired(std::size_t node, std::size_t port) const
    {
        for (const planned_edge& edge : plan_.edges)
            if (edge.to_node == node && edge.to_port == port)
                return true;
        return result_.arrived.contains({plan_.nodes[node].name, plan_.nodes[node].inputs[port]}) &&
               !result_.arrived.at({plan_.nodes[node].name, plan_.nodes[node].inputs[port]})
                    .empty();
    }

    bool has_error_edge(const planned_node& planned) const
    {
        for (const planned_edge& edge : plan_.edges)
            if (edge.from_port == error_port && plan_.nodes[edge.from_node].name == planned.name)
                return true;
        return false;
    }

    const plan& plan_;
    dry_run_script script_;
    dry_run_result result_;
};

} // namespace

dry_run_result dry_run(const plan& plan, dry_run_script script)
{
    return dry_runner(plan, std::move(script)).all();
}

} // namespace penstock::host
