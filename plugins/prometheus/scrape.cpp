// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "exposition.hpp"

#include "../curl/client.hpp"
#include "../curl/server_access.hpp"
#include "../curl/url.hpp"
#include "../packets/event_time.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

// JSON has numbers that are finite alone.
json::value written(double value)
{
    if (std::isfinite(value))
        return value;
    if (std::isnan(value))
        return "NaN";
    return value < 0 ? "-Inf" : "+Inf";
}

json::object labels_of(const sample& of)
{
    json::object made;
    for (const auto& [name, value] : of.labels)
        made.emplace(name, value);
    return made;
}

class scrape final : public penstock::source
{
    penstock::parameter<std::vector<std::string>> targets{
        *this, "targets", penstock::no_default,
        "What to ask, each the address of a page of metrics. They are asked one after the other: a "
        "target that takes long, up to timeout, delays the others. Packets have it without what "
        "stands behind a question mark.",
        penstock::example{json::array{"http://localhost:9100/metrics"}}};
    penstock::parameter<std::chrono::milliseconds> interval{
        *this, "interval", 15s,
        "How often each target is asked. While the graph is full it is not; what was missed is not "
        "made up for.",
        penstock::range{100, 86'400'000}};
    penstock::parameter<std::string> unit{
        *this, "unit", "sample",
        "What a packet holds. sample: one value, with the fields target, time, name, type, labels "
        "and value; scrape: what a target has told, with the fields target, time, up, seconds and "
        "samples, a list of objects with name, type, labels and value.",
        penstock::choices{"sample", "scrape"}};
    penstock::parameter<bool> report{
        *this, "report", true,
        "Whether each scrape is followed by samples of its own, as Prometheus has them: up, which "
        "is 0 for a target that is down, scrape_duration_seconds and scrape_samples_scraped."};
    penstock::parameter<json::object> labels{*this, "labels", json::object(),
                                             "Labels that each sample gets besides, a text for "
                                             "each name, unless its target gives it one "
                                             "of that name.",
                                             penstock::example{json::object{{"job", "web"}}}};
    penstock::parameter<std::uint32_t> sample_limit{
        *this, "sample_limit", 50'000,
        "The most samples of a target: one that tells more counts as down.",
        penstock::range{1, 10'000'000}};
    penstock::parameter<penstock::byte_count> answer_bytes{
        *this, "answer_bytes", penstock::byte_count{16 << 20},
        "The most bytes of an answer: a target that tells more counts as down.",
        penstock::range{1, 1 << 30}};
    curl::server_access access_{
        *this, {"token", "Bearer", "A token to send as Authorization: Bearer."}, 10s};

    penstock::counter scrapes{*this, "scrapes", "How often a target was asked."};
    penstock::counter failures{*this, "failed_scrapes", "How often one counted as down."};
    penstock::counter samples{*this, "samples", "Samples that were told."};
    penstock::histogram seconds{*this, "scrape_seconds", "How long a target took to tell."};

    struct target
    {
        std::string url;
        std::string name; // without what stands behind a question mark, which may be a secret
        std::size_t place;
        clock::time_point due;
        bool is_up = true; ///< as far as is known
    };

    /// What a target has told, or why it counts as down.
    struct outcome
    {
        packets::milliseconds_since_1970 time;
        double took = 0;
        std::vector<sample> samples{};
        std::string why_down{};
    };

    void check(penstock::problems& found) const override
    {
        if (targets->empty())
            found.add(targets, "is empty; an address was expected");
        for (const std::string& each : *targets)
            if (const std::string wrong = curl::problem_of_url(each); !wrong.empty())
                found.add(targets, wrong);
        for (const auto& [name, value] : *labels)
            if (!value.is_string())
                found.add(labels, "has something else than a text for " + std::string(name) +
                                      "; a text was expected");
        access_.check(found);
    }

    void start() override
    {
        curl::settings how = access_.make_settings();
        how.answer_bytes = static_cast<std::size_t>(*answer_bytes);
        client_ = std::make_unique<curl::client>(std::move(how));
        for (const std::string& each : *targets)
            all_.push_back({each, each.substr(0, each.find('?')), all_.size(), penstock::now()});
    }

    bool read() override
    {
        target& next = *std::ranges::min_element(all_, {}, &target::due);
        const auto now = penstock::now();
        if (next.due > now)
        {
            constexpr clock::duration pause = 100ms; // until it is told again what has ended
            penstock::wait_for(std::min(next.due - now, pause));
            return true;
        }
        next.due = std::max(next.due + *interval, now);
        tell(next, ask(next));
        return true;
    }

    outcome ask(const target& of)
    {
        using namespace std::chrono;
        outcome made{
            .time = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
        const auto begin = penstock::now();
        try
        {
            curl::request asked{.url = of.url};
            asked.headers = access_.headers();
            asked.headers.push_back("Accept: text/plain;version=0.0.4;q=1,*/*;q=0.1");
            const curl::answer told = client_->send(asked);
            if (told.status == 200)
                made.samples = read_exposition(told.body, *sample_limit);
            else
                made.why_down = "answers " + std::to_string(told.status) + "; 200 was expected";
        }
        catch (const std::runtime_error& error) // there is no answer, or it is of another format
        {
            made.why_down = error.what();
        }
        made.took = duration<double>(penstock::now() - begin).count();
        scrapes.add();
        samples.add(made.samples.size());
        seconds.observe(made.took);
        return made;
    }

    void tell(target& of, outcome&& what)
    {
        const bool is_up = what.why_down.empty();
        if (!is_up)
            failures.add();
        if (is_up != of.is_up)
            log(is_up ? penstock::severity::information : penstock::severity::warning,
                curl::origin_of(of.url) + (is_up ? ": is up again" : ": " + what.why_down));
        of.is_up = is_up;
        if (*unit == "scrape")
            return emit_scrape(of, std::move(what));
        const std::size_t told = what.samples.size();
        const auto own = [&](const char* name, double value) {
            what.samples.push_back({name, "gauge", {}, value, std::nullopt});
        };
        if (*report)
        {
            own("up", is_up ? 1 : 0);
            own("scrape_duration_seconds", what.took);
            own("scrape_samples_scraped", static_cast<double>(told));
        }
        for (std::size_t i = 0; i < what.samples.size(); ++i)
        {
            json::object fields{
                {"target", of.name},
                {"time", packets::rfc3339(what.samples[i].timestamp.value_or(what.time))}};
            add(what.samples[i], fields);
            if (i == told && !is_up)
                fields["error"] = what.why_down;
            emit(json::array{of.place, what.time, i}, penstock::packet(std::move(fields)));
        }
    }

    void emit_scrape(const target& of, outcome&& what)
    {
        json::array all;
        for (const sample& each : what.samples)
        {
            json::object one;
            if (each.timestamp)
                one["time"] = packets::rfc3339(*each.timestamp);
            add(each, one);
            all.emplace_back(std::move(one));
        }
        penstock::packet made(json::object{{"target", of.name},
                                           {"time", packets::rfc3339(what.time)},
                                           {"up", what.why_down.empty()},
                                           {"seconds", what.took}});
        made.set_values("samples", std::move(all));
        if (!what.why_down.empty())
            made.set("error", what.why_down);
        emit(json::array{of.place, what.time}, std::move(made));
    }

    void add(const sample& from, json::object& into) const
    {
        into["name"] = from.name;
        into["type"] = from.type;
        json::object all = *labels;
        for (auto& [name, value] : labels_of(from))
            all.insert_or_assign(name, value);
        into["labels"] = std::move(all);
        into["value"] = written(from.value);
    }

    std::unique_ptr<curl::client> client_;
    std::vector<target> all_;
};

} // namespace

extern constinit const penstock::component_entry scrape_entry =
    penstock::component_of<scrape>("scrape", penstock::category::adapter,
                                   "Asks targets for their metrics again and again, in the text "
                                   "format of Prometheus. Nothing keeps "
                                   "a sample that is lost in a crash.");

} // namespace prometheus_package
