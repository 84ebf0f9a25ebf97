// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_nodes.hpp"

namespace
{

std::string name_of(std::size_t number)
{
    return "penstock" + std::to_string(number);
}

} // namespace

broker_nodes::broker_nodes()
{
    for (std::size_t i = 0; i < count; ++i)
    {
        nodes_.at(i) = std::make_unique<broker_server>(
            i == 0 ? cluster_membership{.name = name_of(0)}
                   : cluster_membership{.name = name_of(i),
                                        .first = name_of(0),
                                        .names_port = nodes_.front()->names_port()});
        nodes_.at(i)->configure("cluster_partition_handling = pause_minority\n");
        nodes_.at(i)->start();
    }
}

std::vector<std::string> broker_nodes::urls() const
{
    std::vector<std::string> list;
    for (const auto& each : nodes_)
        list.push_back("amqp://127.0.0.1:" + std::to_string(each->port()));
    return list;
}

void broker_nodes::declare(const std::string& queue)
{
    nodes_.front()->evaluate(
        "{new, _} = rabbit_amqqueue:declare(rabbit_misc:r(<<\"/\">>, queue, <<\"" + queue +
        "\">>), true, false, [{<<\"x-queue-type\">>, longstr, <<\"quorum\">>}, "
        "{<<\"x-quorum-initial-group-size\">>, long, 3}], none, <<\"guest\">>)");
}

std::optional<std::size_t> broker_nodes::leader_of(const std::string& queue,
                                                   std::size_t asked) const
{
    const std::string found = nodes_.at(asked)->text_of(
        "case rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"" + queue +
        "\">>)) of {ok, Q} -> case ra_leaderboard:lookup_leader(element(1, amqqueue:get_pid(Q))) "
        "of {_, N} -> atom_to_list(N); _ -> \"\" end; _ -> \"\" end");
    for (std::size_t i = 0; i < count; ++i)
        if (found == name_of(i) + "@localhost")
            return i;
    return std::nullopt;
}
