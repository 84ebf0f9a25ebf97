// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

// What the schemas mean is tested with a validator, in tests/schema/.
BOOST_AUTO_TEST_SUITE(schema_verb)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

BOOST_AUTO_TEST_CASE(writes_the_parameters_of_each_component)
{
    const scratch home;
    const ended result = run(home, {"schema"});
    BOOST_TEST(result.code == 0);
    const json::value schema = penstock::parse_json(result.out);
    BOOST_TEST(schema.at("$schema").as_string() == "http://json-schema.org/draft-07/schema#");
    for (const json::value& each : schema.at_pointer("/definitions/node/allOf").as_array())
        if (each.at_pointer("/if/properties/component/const").as_string() == "fields/rename")
        {
            const json::value& params = each.at_pointer("/then/properties/params");
            BOOST_TEST(params.at("required") == json::value({"from", "to"}));
            BOOST_TEST(params.at_pointer("/properties/mode/default").as_string() == "abort");
            BOOST_TEST(!params.at_pointer("/properties/mode/description").as_string().empty());
            return;
        }
    BOOST_ERROR("fields/rename is missing");
}

BOOST_AUTO_TEST_CASE(writes_the_settings_of_the_configuration)
{
    const scratch home;
    const ended result = run(home, {"schema", "--configuration"});
    BOOST_TEST(result.code == 0);
    const json::value schema = penstock::parse_json(result.out);
    BOOST_TEST(schema.at_pointer("/properties/ack/enum") == json::value({"memory", "durable"}));
    BOOST_TEST(schema.at_pointer("/properties/drain/default").as_string() == "45s");
    BOOST_TEST(run(home, {"schema", "--configuration", "--packages", "x"}).code == 2);
}

BOOST_AUTO_TEST_CASE(knows_the_packages_that_are_named)
{
    const scratch home;
    BOOST_TEST(run(home, {"schema", "--packages", home.at("none")}).code == 1);
    const ended named = run(home, {"schema", "--packages", PENSTOCK_VERSIONED "1.2.0"});
    BOOST_TEST(named.code == 0, named.err);
    BOOST_TEST(named.out.find("\"versioned/") != std::string::npos);
    BOOST_TEST(run(home, {"schema"}).out.find("\"versioned/") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
