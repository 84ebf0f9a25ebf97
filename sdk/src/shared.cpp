// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/shared.hpp>

#include <map>
#include <mutex>

namespace penstock::detail
{

namespace
{

struct shared_place
{
    std::mutex building;
    std::weak_ptr<void> object;
};

} // namespace

struct shared_objects::state
{
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<shared_place>> places;
};

shared_objects::shared_objects() : state_(std::make_unique<state>()) {}

shared_objects::~shared_objects() = default;

std::shared_ptr<void> shared_objects::find_or_make(const std::string& key, make_function make,
                                                   void* context)
{
    std::shared_ptr<shared_place> here;
    {
        std::lock_guard lock(state_->mutex);
        std::shared_ptr<shared_place>& found = state_->places[key];
        if (found == nullptr)
            found = std::make_shared<shared_place>();
        here = found;
    }
    std::lock_guard building(here->building);
    if (std::shared_ptr<void> object = here->object.lock())
        return object;
    std::shared_ptr<void> object = make(context);
    here->object = object;
    return object;
}

} // namespace penstock::detail
