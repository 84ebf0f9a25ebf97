// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/graphs.hpp"

namespace penstock::faults
{

namespace
{

constexpr const char* head = R"({"penstock": 1, "name": "trial", "nodes": {
    "read": {"component": "json/read"},)";

std::string witness(const std::string& parameters, const std::string& more)
{
    return R"("write": {"component": "trial/witness", "params": {)" + parameters + "}" + more +
           "}}";
}

} // namespace

std::string trial_graph(const std::string& parameters_of_witness,
                        const std::string& more_of_witness)
{
    return head + witness(parameters_of_witness, more_of_witness) +
           R"(, "edges": [{"from": "read.out", "to": "write.in"}]})";
}

std::string crashing_graph(const std::string& parameters_of_witness)
{
    return std::string(head) + R"("crash": {"component": "trial/crash"},)" +
           witness(parameters_of_witness, "") +
           R"(, "edges": [{"from": "read.out", "to": "crash.in"},
                          {"from": "crash.out", "to": "write.in"}]})";
}

} // namespace penstock::faults
