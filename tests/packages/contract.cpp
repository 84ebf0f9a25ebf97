// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a component says about itself.
#include "tests/packages/cases.hpp"
#include "tests/packages/schema.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <ctime>

namespace penstock::host::tests
{

namespace
{

bool is_sentence(std::string_view text)
{
    return text.size() > 1 && text.front() >= 'A' && text.front() <= 'Z' && text.ends_with('.') &&
           text.find('\n') == std::string_view::npos;
}

// The first word of what explains a port or a parameter may be a name in small letters.
bool is_help(std::string_view text)
{
    return text.size() > 1 && text.ends_with('.') && text.find('\n') == std::string_view::npos;
}

bool is_name(std::string_view text)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view others = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return !text.empty() && text.size() <= 64 && letters.find(text.front()) != letters.npos &&
           text.find_first_not_of(others) == text.npos;
}

std::vector<parameter_base*> parameters_of(component& instance)
{
    return detail::component_access::members(instance).parameters;
}

// The number of entries, of files that are open, or of threads that run.
std::size_t entries(const char* folder)
{
    const std::filesystem::directory_iterator all(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

double cpu_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Values of all kinds, and at the ends of what numbers and texts may be.
std::vector<json::value> values_of_all_kinds()
{
    std::vector<json::value> values{nullptr,
                                    true,
                                    0,
                                    1,
                                    -1,
                                    1.5,
                                    -1e300,
                                    1e300,
                                    std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::uint64_t>::max(),
                                    "",
                                    "text",
                                    "5s",
                                    "-5s",
                                    "5 s",
                                    "1GiB",
                                    "9999999999999999999h",
                                    json::array(),
                                    json::object()};
    values.push_back(json::array{nullptr});
    values.push_back(json::array{"text", 1});
    values.push_back(json::array{json::array{"text"}});
    values.push_back(json::object{{"text", 1}});
    return values;
}

} // namespace

void is_described(const component_type& type, const exercise&)
{
    BOOST_TEST(is_sentence(type.summary), "summary: " << type.summary);
    BOOST_TEST(type.version.find_first_of("0123456789") == 0U, "version: " << type.version);
    BOOST_TEST(type.licence != "unstated");
    BOOST_TEST(type.path.is_absolute());
    for (const auto* ports : {&type.description.inputs, &type.description.outputs})
        for (const port_description& port : *ports)
        {
            // What goes in and out of most components is plain; any other port has a purpose.
            const bool is_plain = port.name == "in" || port.name == "out";
            BOOST_TEST((is_help(port.help) || (port.help.empty() && is_plain)),
                       port.name << ": " << port.help);
        }
    for (const auto& parameter : type.description.parameters)
    {
        BOOST_TEST_REQUIRE(parameter.schema.contains("description"), parameter.name);
        const std::string_view help = parameter.schema.at("description").as_string();
        BOOST_TEST(is_help(help), parameter.name << ": " << help);
    }
}

void has_names_that_can_be_typed(const component_type& type, const exercise&)
{
    const std::size_t slash = type.id.find('/');
    BOOST_TEST_REQUIRE(slash != std::string::npos);
    BOOST_TEST(type.id.substr(0, slash) == type.package);
    BOOST_TEST(is_name(type.package));
    BOOST_TEST(is_name(std::string_view(type.id).substr(slash + 1)));
    BOOST_TEST(type.path.filename() == type.package + ".so");
    for (const auto* ports : {&type.description.inputs, &type.description.outputs})
        for (const port_description& port : *ports)
            BOOST_TEST(is_name(port.name), port.name);
    for (const auto& parameter : type.description.parameters)
        BOOST_TEST(is_name(parameter.name), parameter.name);
}

void fits_its_category(const component_type& type, const exercise&)
{
    const component_description& has = type.description;
    const bool has_outputs = !has.outputs.empty() || !has.output_families.empty();
    switch (type.category)
    {
    case category::adapter:
        BOOST_TEST(has_outputs);
        BOOST_TEST(has.inputs.size() <= 1U);
        BOOST_TEST(has.acknowledges ==
                   has.is_source()); // a source says what may be forgotten upstream
        if (!has.is_source())
            BOOST_TEST((!has.accepts.empty() || has.takes_triggers));
        return;
    case category::publisher:
        BOOST_TEST(!has.inputs.empty());
        BOOST_TEST(!has_outputs);
        break;
    case category::filter: BOOST_TEST(has.inputs.size() == 1U); [[fallthrough]];
    default: BOOST_TEST(!has.inputs.empty()); BOOST_TEST(has_outputs);
    }
    BOOST_TEST(has.accepts.empty());
    BOOST_TEST(!has.takes_triggers);
}

void takes_its_parameters_back(const component_type& type, const exercise& how)
{
    const std::unique_ptr<component> fresh = type.make();
    const std::unique_ptr<component> again = type.make();
    for (std::size_t n = 0; n < parameters_of(*fresh).size(); ++n)
    {
        const parameter_base& declared = *parameters_of(*fresh)[n];
        parameter_base& parameter = *parameters_of(*again)[n];
        const json::object schema = declared.schema();
        const std::string wrong = problem_of_schema(schema);
        BOOST_TEST(wrong.empty(), declared.name() << ": " << wrong);
        BOOST_TEST(declared.is_required() == !schema.contains("default"), declared.name());

        json::value value = declared.value();
        if (declared.is_required())
        {
            BOOST_TEST_REQUIRE(how.params.contains(declared.name()),
                               declared.name() << ": is required and not in the exercise");
            value = how.params.at(declared.name());
        }
        else
        {
            BOOST_TEST(schema.at("default") == value, declared.name());
        }
        BOOST_TEST(is_valid(value, schema), declared.name() << ": " << value);
        parameter.assign(value);
        const json::value taken = parameter.value();
        BOOST_TEST(is_valid(taken, schema), declared.name() << ": " << taken);
        parameter.assign(taken);
        BOOST_TEST(parameter.value() == taken, declared.name());
        BOOST_TEST(parameter.schema() == schema, declared.name());
        if (!declared.is_required())
            BOOST_TEST(taken == value, declared.name());
    }
    BOOST_TEST(configure(*type.make(), how.params).empty());
}

void refuses_values_that_its_schema_refuses(const component_type& type, const exercise&)
{
    const std::unique_ptr<component> fresh = type.make();
    for (parameter_base* each : parameters_of(*fresh))
    {
        const json::object schema = each->schema();
        for (const json::value& value : values_of_all_kinds())
        {
            const json::value before = each->value();
            std::string refusal;
            try
            {
                each->assign(value);
            }
            catch (const parameter_error& error)
            {
                refusal = error.what();
            }
            if (refusal.empty())
            {
                // A whole number may be written with a fraction of nothing, as in 1e300.
                BOOST_TEST((is_valid(value, schema) || value.is_double()),
                           each->name() << ": takes " << value);
                continue;
            }
            BOOST_TEST(refusal.find("; ") != std::string::npos, each->name() << ": " << refusal);
            BOOST_TEST(refusal.find("expected") != std::string::npos, refusal);
            BOOST_TEST(each->value() == before, each->name() << ": was changed by " << value);
            // What a schema cannot say, such as the largest duration, the parameter may refuse.
            BOOST_TEST((!is_valid(value, schema) || value.is_string()),
                       each->name() << ": refuses " << value);
        }
    }
}

void touches_nothing_when_constructed(const component_type& type, const exercise&)
{
    constexpr int instances = 100;
    const workplace place;
    {
        const auto first = type.make();
    }
    const std::size_t open = entries("/proc/self/fd");
    const std::size_t threads = entries("/proc/self/task");
    std::vector<std::unique_ptr<component>> made;
    const double begin = cpu_seconds();
    for (int i = 0; i < instances; ++i)
        made.push_back(type.make());
    BOOST_TEST(cpu_seconds() - begin < 1e-3 * instances);
    BOOST_TEST(entries("/proc/self/fd") == open);
    BOOST_TEST(entries("/proc/self/task") == threads);
    BOOST_TEST(place.files() == 0U);
}

} // namespace penstock::host::tests
