// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies that were made to cost more than they say.
#include "host/base/quantity.hpp"
#include "tests/packages/cases.hpp"
#include "tests/packages/stage.hpp"
#include "tests/plugins/archive/made_archive.hpp"
#include "tests/plugins/document/sample_pdf.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <malloc.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

namespace penstock::host::tests
{

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_watched = true; // slow, and what is freed stays
#else
constexpr bool is_watched = false;
#endif

constexpr std::size_t largest_body = std::size_t{4} << 20;
constexpr std::size_t most_memory = std::size_t{256} << 20;
constexpr std::chrono::milliseconds most_time{1000}; // of a processor

constexpr std::chrono::microseconds time_for_a_document{6}; // of which an exception takes up to 5

struct hostile_body
{
    std::string name;
    std::string data;
    std::size_t documents = 0; ///< which a reader may find in it, if they are many
};

std::string repeated(std::string_view text, std::size_t times)
{
    std::string whole;
    whole.reserve(text.size() * times);
    for (std::size_t n = 0; n < times; ++n)
        whole += text;
    return whole;
}

std::string nested_archive(std::size_t depth)
{
    std::string inner = "text";
    for (std::size_t level = 0; level < depth; ++level)
        inner = archive_of(zip_form, {{"inner.zip", inner}});
    return inner;
}

// Ten times ten times ten… of one text.
std::string billion_laughs()
{
    std::string entities = "<!ENTITY a0 \"lol\">";
    for (int level = 1; level < 10; ++level)
        entities += "<!ENTITY a" + std::to_string(level) + " \"" +
                    repeated("&a" + std::to_string(level - 1) + ";", 10) + "\">";
    return "<?xml version=\"1.0\"?><!DOCTYPE html [" + entities + "]><html>&a9;</html>";
}

std::string broken_pdf()
{
    const std::string whole = sample_pdf({"text"});
    return whole.substr(0, whole.size() / 2);
}

std::vector<hostile_body> hostile_bodies()
{
    const std::string mebibyte(std::size_t{1} << 20, '\0');
    return {
        {"no bytes at all", " "},
        {"100,000 lists in lists", repeated("[", 100'000) + repeated("]", 100'000)},
        {"100,000 objects in objects",
         repeated(R"({"a":)", 100'000) + "1" + repeated("}", 100'000)},
        {"100,000 elements in elements", repeated("<div>", 100'000)},
        {"elements that never end", repeated("<a><b><p><table><td>", 50'000)},
        {"end tags that end nothing", repeated("<p></b></i></u>", 200'000)},
        {"attributes without end", "<p " + repeated("a=1 ", 1'000'000)},
        {"entities of entities", billion_laughs()},
        {"a bomb", archive_of(zip_form, {{"bomb", std::string(256 << 20, '\0')}})},
        {"2 GiB of zeros in 2 MiB", repeated(gzip_of(mebibyte), 2048)},
        {"archives in archives", nested_archive(100)},
        {"the begin of a PDF file", broken_pdf()},
        {"an encrypted PDF file",
         "%PDF-1.4\ntrailer<</Encrypt<</Filter/Standard/V 1/R 2/O()/U()/P 0>>>>"},
        {"PDF lists in lists", "%PDF-1.4\n1 0 obj\n" + repeated("[", 100'000)},
        {"one long line", std::string(largest_body, 'x')},
        {"nothing but line ends", std::string(largest_body, '\n'), largest_body},
        {"nothing but commas", std::string(largest_body, ',')},
        {"nothing but quotes", std::string(largest_body, '"')},
        {"nothing but NULs", std::string(largest_body, '\0')},
        {"what is no UTF-8", std::string(largest_body, '\xff')},
        {"small numbers in a list", "[" + repeated("1,", largest_body / 2 - 1) + "1]",
         largest_body / 2},
        {"empty objects in lines", repeated("{}\n", largest_body / 3), largest_body / 3},
        {"bytes in lines", repeated("\xff\n", largest_body / 2), largest_body / 2},
        {"a header without end", "Subject: " + std::string(largest_body - 9, 'x')},
        {"parts in parts", repeated("Content-Type: multipart/mixed; boundary=a\n\n--a\n", 100'000)},
    };
}

std::chrono::milliseconds processor_time()
{
    std::chrono::milliseconds sum{0};
    for (const int whose : {RUSAGE_SELF, RUSAGE_CHILDREN})
    {
        rusage used{};
        ::getrusage(static_cast<__rusage_who_t>(whose), &used);
        for (const timeval& each : {used.ru_utime, used.ru_stime})
            sum += std::chrono::milliseconds(each.tv_sec * 1000 + each.tv_usec / 1000);
    }
    return sum;
}

// A value of /proc/self/status, in bytes.
std::size_t memory(std::string_view name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name))
            return std::stoul(line.substr(name.size() + 1)) << 10;
    return 0;
}

// What a piece of work took at most above what was there before, in bytes.
class peak
{
public:
    peak()
    {
        ::malloc_trim(0);
        before_ = memory("VmRSS");
        std::ofstream("/proc/self/clear_refs") << 5; // the peak begins anew
    }

    [[nodiscard]] std::size_t above() const { return std::max(memory("VmHWM"), before_) - before_; }

private:
    std::size_t before_;
};

// Lets go of what comes to it.
class sink final : public component
{
    input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
            deliver(std::move(*packet));
    }
};

// A second, unless a limit of its own says how long.
std::chrono::milliseconds most_time_of(const component_type& type)
{
    for (const auto& each : type.description.parameters)
        if (const json::value* own =
                each.name == "timeout" ? each.schema.if_contains("default") : nullptr)
            return std::max(most_time, parse_duration(own->as_string()).value());
    return most_time;
}

void deploy_reader(bench& where, const component_type& type, const exercise& how)
{
    const plan_builder::maker make = maker_of(packages().find(type.id), how.params);
    plan_builder plan;
    plan.node("it", type.category, make);
    const component_description has = describe(*make());
    for (const port_description& out : has.outputs)
    {
        plan.node("to_" + out.name, category::publisher, [] { return std::make_unique<sink>(); });
        plan.edge("it." + out.name, "to_" + out.name + ".in");
    }
    where.deploy(plan);
}

} // namespace

void ends_hostile_bodies_within_limits(const component_type& type, const exercise& how)
{
    if (type.description.accepts.empty())
        return;
    const workplace place;
    if (how.prepare)
        how.prepare();
    const std::string media = media_of(type);
    bench where({}, (std::filesystem::current_path() / "data").string());
    deploy_reader(where, type, how);
    for (hostile_body& each : hostile_bodies())
        BOOST_TEST_CONTEXT(each.name)
        {
            packet body;
            body.set_data(bytes(std::move(each.data)));
            body.set_meta("mimetype", media);
            body.set_meta("requestmethod", "POST");
            body.set_meta("id", "it");
            const peak memory;
            const std::chrono::milliseconds before = processor_time();
            auto made = std::make_unique<entry>();
            made->bytes = 100;
            made->packets.push_back({std::move(body), media});
            std::shared_ptr<const receipt> issued;
            BOOST_TEST_REQUIRE((where.push(std::move(made), &issued) == admission::accepted));
            BOOST_TEST(where.settle());
            BOOST_TEST(issued->is_done());
            if (is_watched)
                continue;
            const std::chrono::milliseconds most =
                most_time_of(type) + std::chrono::duration_cast<std::chrono::milliseconds>(
                                         each.documents * time_for_a_document);
            BOOST_TEST((processor_time() - before).count() <= most.count());
            BOOST_TEST(memory.above() <= most_memory);
        }
    for (const std::string& line : where.log.texts())
        BOOST_ERROR("log: " << line);
}

} // namespace penstock::host::tests
