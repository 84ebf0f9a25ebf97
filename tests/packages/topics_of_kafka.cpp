// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/topics_of_kafka.hpp"

#include "tests/plugins/kafka/broker_cluster.hpp"

#include <cstddef>

namespace topics_of_kafka
{
namespace
{

std::size_t& messages_before()
{
    static std::size_t count = 0;
    return count;
}

} // namespace

std::string brokers()
{
    std::string list = R"({"connect_timeout": "10s", "brokers": [)";
    for (const std::string& each : shared_cluster().addresses())
        list += (list.ends_with('[') ? "\"" : ", \"") + each + '"';
    return list + ']';
}

const std::string& written()
{
    static const std::string name = shared_cluster().create_topic();
    return name;
}

const std::string& read()
{
    static const std::string name = shared_cluster().create_topic();
    return name;
}

void note_messages()
{
    messages_before() = shared_cluster().read(written()).size();
}

std::vector<std::string> new_messages()
{
    std::vector<std::string> all = shared_cluster().read_bodies(written());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(messages_before()));
    return all;
}

void fill(const std::string& group)
{
    if (shared_cluster().committed(group, read()) > 0)
        shared_cluster().rewind(group, read());
    if (shared_cluster().size(read()) != 0)
        return;
    std::vector<std::string> bodies;
    for (int n = 0; n < 500; ++n)
        bodies.push_back("message " + std::to_string(n));
    shared_cluster().put(read(), bodies);
}

} // namespace topics_of_kafka
