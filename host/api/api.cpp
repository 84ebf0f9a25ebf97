// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.hpp"

#include "host/api/data/dead_letter_routes.hpp"
#include "host/api/data/receipt_routes.hpp"
#include "host/api/editor_routes.hpp"
#include "host/api/graphs/component_routes.hpp"
#include "host/api/graphs/draft_routes.hpp"
#include "host/api/graphs/revision_routes.hpp"
#include "host/api/hosts/host_routes.hpp"
#include "host/api/hosts/rollout_routes.hpp"
#include "host/api/live/live_routes.hpp"
#include "host/api/metrics_routes.hpp"
#include "host/api/page_routes.hpp"
#include "host/base/timestamp.hpp"
#include "host/lane/wake_batch.hpp"

#include <memory>
#include <utility>

namespace penstock::host::api
{

namespace
{

// For what stands behind work that takes its time by nature: a graph that drains, a dry run.
constexpr auto long_patience = std::chrono::minutes(2);

// What may take its time ends by then, if it ends at all.
constexpr auto longest = std::chrono::minutes(5);
constexpr auto wait_on_host = std::chrono::minutes(2); // until a graph runs there, beside its drain
constexpr auto margin = std::chrono::seconds(30);      // of what has a limit of its own

pool_options long_pool(const api_options& options, std::chrono::milliseconds bound = longest)
{
    return {.patience = long_patience,
            .longest = bound,
            .report = options.report,
            .warn = options.warn};
}

} // namespace

api::api(engine& graphs, const graph_folders& kept, api_options options)
    : data_(graphs, options.data, disk_, options.authentication),
      bulk_(graphs, options.data, disk_),
      graphs_(graphs, kept, options.data.bounds, {quick_, checking_, slow_}),
      replay_(graphs, options.data.bounds, replaying_),
      live_(options.data.bounds.live_interval),
      hosts_(options.peers, *this, is_ending_),
      peers_(std::move(options.peers)),
      rollouts_(hosts_, rolling_, wait_on_host + graphs.options().drain),
      disk_({.threads = 4, .most = 10'000, .report = options.report, .warn = options.warn}),
      replaying_(long_pool(options)),
      quick_({.report = options.report, .warn = options.warn}),
      checking_({.threads = 2, .most = 16, .report = options.report, .warn = options.warn}),
      slow_(long_pool(options, longest + graphs.options().drain)),
      trying_({.most = 4,
               .patience = long_patience,
               .longest = options.trial.time + margin,
               .report = options.report,
               .warn = options.warn}),
      asking_({.threads = 2, .report = options.report, .warn = options.warn}),
      rolling_({.threads = 2,
                .most = 16,
                .patience = long_patience,
                .longest = 2 * hosts_.all().size() * (wait_on_host + graphs.options().drain),
                .report = options.report,
                .warn = options.warn})
{
    table_.heed_end(is_ending_);
    if (options.authentication != nullptr)
        table_.protect(*options.authentication);
    data_.add_to(table_);
    bulk_.add_to(table_); // behind, so that a route of data may be called _bulk
    add_receipt_routes(table_, graphs.receipts(), peers_, disk_);
    graphs_.add_to(table_);
    add_draft_routes(table_, kept.drafts, options.data.bounds, options.drafts, quick_);
    add_revision_routes(table_, kept.revisions, quick_);
    add_host_routes(table_, hosts_, rollouts_, asking_);
    add_rollout_routes(table_, graphs, rollouts_, options.data.bounds, quick_);
    add_live_routes(table_,
                    {graphs, live_,
                     std::make_shared<tap_budget>(options.data.bounds.tap_bytes_rate),
                     std::make_shared<tap_places>(options.data.bounds.taps_on_edge,
                                                  options.data.bounds.taps_in_all),
                     options.log, options.authentication},
                    options.data.bounds);
    add_component_routes(table_, graphs.components(), quick_);
    add_trial_route(table_, options.trial, options.data.bounds, trying_);
    add_dead_letter_routes(table_, graphs.journal().kept(), disk_);
    replay_.add_to(table_);
    add_health_routes(table_, graphs, options.authentication, [this] { return causes(); });
    add_metrics_routes(table_, graphs, peers_, disk_);
    if (options.editor.empty())
        add_editor_routes(table_);
    else
        add_editor_folder(table_, options.editor, disk_);
    add_page_routes(table_, options.version);
}

std::optional<http::response> api::head(http::request& head)
{
    return table_.screen(head);
}

http::audience api::audience_of(const http::request& head) const
{
    return table_.audience_of(head);
}

void api::handle(http::request& received, http::reply answer)
{
    table_.route(received, answer);
}

host_causes api::causes() const
{
    host_causes found;
    if (is_ending_)
        found.closing.push_back({{"cause", "stopping"}, {"detail", "the host is stopping"}});
    for (const background_pool* each :
         {&disk_, &replaying_, &quick_, &checking_, &slow_, &trying_, &asking_, &rolling_})
        for (const overdue_job& job : each->overdue())
            found.delays.push_back(
                {{"cause", "overdue"},
                 {"job", job.name},
                 {"since", timestamp(job.since)},
                 {"detail", job.name + " has not ended since " + timestamp(job.since) +
                                std::string(job.consequence())}});
    return found;
}

bool api::end(std::chrono::steady_clock::time_point deadline)
{
    bool ended = true;
    // A rollout first, which has to go back on other hosts.
    for (background_pool* each :
         {&rolling_, &asking_, &disk_, &replaying_, &quick_, &checking_, &slow_, &trying_})
    {
        if (each->end(deadline))
            continue;
        ended = false;
        each->leave_behind("the host ends, and the work for this request has not; whether it will "
                           "be done is not known");
    }
    if (!peers_.end(deadline))
    {
        ended = false;
        peers_.leave_behind();
    }
    return ended;
}

void api::serve_thread(const to_post& post, const std::function<void()>& serve)
{
    wake_batch wakes(post);
    serve();
}

} // namespace penstock::host::api
