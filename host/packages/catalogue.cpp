// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/catalogue.hpp"

#include "host/packages/libraries.hpp"
#include "host/packages/loadable_package.hpp"
#include "host/packages/version.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

namespace penstock::host
{

namespace
{

struct refusal
{
    std::optional<std::string> package; ///< as its stamp says, or its file's name; none: all
    std::string version;                ///< empty if it is not known
    std::size_t place;
    problem why;

    [[nodiscard]] bool is_about(std::string_view name) const
    {
        return !package || *package == name;
    }
};

/// Returns whether a version is what a pin asks for, which may be empty.
bool is_pinned(const std::string& version, std::string_view pin)
{
    const std::size_t at = pin.find('@');
    return at == pin.npos || satisfies(version, pin.substr(at + 1));
}

/// Returns whether what was refused is meant before the package: the package would stand in for it.
bool comes_before(const refusal& refused, const loadable_package& package, std::string_view pin)
{
    const std::string& version = package.stamp().version;
    const bool is_earlier = refused.place < package.place();
    if (refused.place > package.place() || !refused.is_about(package.stamp().package))
        return false;
    if (refused.version.empty())
        return is_earlier || pin.empty();
    return is_pinned(refused.version, pin) &&
           (is_earlier || compare_versions(refused.version, version) > 0);
}

/// Returns the package of a folder NAME@VERSION, or `whole` for one that is no such folder.
std::optional<std::string> package_of(const std::filesystem::path& folder,
                                      const std::optional<std::string>& whole)
{
    const std::string name = folder.filename().string();
    const std::size_t at = name.find('@');
    return at == name.npos ? whole : name.substr(0, at);
}

/// The newest first.
bool is_newer(const std::shared_ptr<loadable_package>& a,
              const std::shared_ptr<loadable_package>& b)
{
    return compare_versions(a->stamp().version, b->stamp().version) > 0;
}

} // namespace

class catalogue::state
{
public:
    state(std::vector<package_place> places, exchanged_function exchanged, mapped what)
        : places_(std::move(places)), exchanged_(std::move(exchanged)), mapped_(what)
    {
        scan();
    }

    std::shared_ptr<const component_type> find(std::string_view id, std::string_view pin);
    component_list all();
    std::vector<problem> refusals(std::optional<std::string_view> package) const;
    std::vector<problem> warnings() const;
    std::vector<found_package> packages() const;
    void rescan();

private:
    using candidates =
        std::map<std::string, std::vector<std::shared_ptr<loadable_package>>, std::less<>>;

    void scan();
    void scan(std::size_t place, const known_packages& known);
    void take(const std::string& name, std::vector<std::shared_ptr<loadable_package>>& same_name);
    const component_list& load(loadable_package& package);
    bool stands_in(const loadable_package& package, std::string_view pin = {}) const;

    const std::vector<package_place> places_;
    const exchanged_function exchanged_;
    const mapped mapped_;
    mutable std::mutex mutex_;
    candidates found_; ///< by package; for each in the order of the places, there the newest first
    std::vector<refusal> refusals_;
    std::vector<problem> warnings_;
};

std::shared_ptr<const component_type> catalogue::state::find(std::string_view id,
                                                             std::string_view pin)
{
    const std::string_view package = id.substr(0, id.find('/'));
    const std::lock_guard lock(mutex_);
    const auto same_name = found_.find(package);
    if (same_name == found_.end() || (!pin.empty() && pin.substr(0, pin.find('@')) != package))
        return nullptr;
    for (const std::shared_ptr<loadable_package>& each : same_name->second)
    {
        if (!is_pinned(each->stamp().version, pin))
            continue;
        if (stands_in(*each, pin))
            return nullptr;
        const component_list& components = load(*each);
        // It may have been exchanged.
        if (each->is_refused() || !is_pinned(each->stamp().version, pin))
            continue;
        const auto type = std::find_if(components.begin(), components.end(),
                                       [&](const auto& component) { return component->id == id; });
        return type == components.end() ? nullptr : *type;
    }
    return nullptr;
}

component_list catalogue::state::all()
{
    const std::lock_guard lock(mutex_);
    component_list types;
    for (const auto& [package, same_name] : found_)
        for (const std::shared_ptr<loadable_package>& each : same_name)
        {
            if (stands_in(*each))
                break;
            const component_list& components = load(*each);
            types.insert(types.end(), components.begin(), components.end());
            if (!each->is_refused())
                break;
        }
    std::sort(types.begin(), types.end(),
              [](const auto& a, const auto& b)
              { return std::tie(a->category, a->id) < std::tie(b->category, b->id); });
    return types;
}

std::vector<problem> catalogue::state::refusals(std::optional<std::string_view> package) const
{
    const std::lock_guard lock(mutex_);
    std::vector<problem> list;
    for (const refusal& each : refusals_)
        if (!package || each.is_about(*package))
            list.push_back(each.why);
    return list;
}

std::vector<problem> catalogue::state::warnings() const
{
    const std::lock_guard lock(mutex_);
    return warnings_;
}

std::vector<found_package> catalogue::state::packages() const
{
    const std::lock_guard lock(mutex_);
    std::vector<found_package> list;
    for (const auto& [package, same_name] : found_)
    {
        bool hidden = false;
        for (const std::shared_ptr<loadable_package>& each : same_name)
            if (!each->is_refused())
                list.push_back(
                    {each->stamp(), each->path(), std::exchange(hidden, true) || stands_in(*each)});
    }
    return list;
}

void catalogue::state::rescan()
{
    const std::lock_guard lock(mutex_);
    scan();
}

void catalogue::state::scan()
{
    known_packages known;
    for (const auto& [package, same_name] : found_)
        for (const std::shared_ptr<loadable_package>& each : same_name)
            known.emplace(each->path(), each);
    found_.clear();
    refusals_.clear();
    warnings_.clear();
    std::set<std::filesystem::path> seen;
    for (std::size_t place = 0; place < places_.size(); ++place)
    {
        std::error_code error;
        const auto real = std::filesystem::weakly_canonical(places_[place].folder, error);
        if (seen.insert(error ? places_[place].folder : real).second)
            scan(place, known);
    }
    for (const auto& [package, same_name] : found_)
        for (std::size_t i = 1; i < same_name.size(); ++i)
            // Side by side is how versions are kept.
            if (same_name[i]->place() != same_name[0]->place())
                warnings_.emplace_back(same_name[i]->path().string(), "",
                                       "package " + quote(package) + " is hidden by " +
                                           same_name[0]->path().string(),
                                       "");
}

void catalogue::state::scan(std::size_t place, const known_packages& known)
{
    // What was named is used or refused; of the other places one does without.
    const std::optional<std::string> whole =
        places_[place].must_exist ? std::nullopt : std::optional<std::string>("");
    if (std::optional<problem> wrong = refuse_place(places_[place]))
        return refusals_.push_back({whole, {}, place, *std::move(wrong)});
    std::error_code error;
    if (!std::filesystem::exists(places_[place].folder, error))
        return;

    found_libraries libraries = find_libraries(places_[place].folder);
    for (problem& wrong : libraries.problems)
    {
        std::optional<std::string> package = package_of(wrong.where, whole);
        refusals_.push_back({std::move(package), {}, place, std::move(wrong)});
    }
    std::map<std::string, std::vector<std::shared_ptr<loadable_package>>> here;
    for (const std::filesystem::path& file : libraries.files)
    {
        auto entry = find_or_examine(file, place, known);
        if (entry.has_error())
            refusals_.push_back({file.stem().string(), {}, place, entry.error()});
        else
            here[(*entry)->stamp().package].push_back(*std::move(entry));
    }
    for (auto& [name, same_name] : here)
        take(name, same_name);
}

/// Takes the packages of one name and one place, the newest first; of two of one version nobody
/// knows which one is meant, so neither is taken.
void catalogue::state::take(const std::string& name,
                            std::vector<std::shared_ptr<loadable_package>>& same_name)
{
    std::stable_sort(same_name.begin(), same_name.end(), is_newer);
    for (std::size_t i = 0; i < same_name.size(); ++i)
    {
        const auto twin =
            std::find_if(same_name.begin(), same_name.end(),
                         [&](const auto& other) {
                             return other != same_name[i] &&
                                    other->stamp().version == same_name[i]->stamp().version;
                         });
        if (twin == same_name.end())
            found_[name].push_back(same_name[i]);
        else
            refusals_.push_back(
                {name,
                 same_name[i]->stamp().version,
                 same_name[i]->place(),
                 {same_name[i]->path().string(),
                  {},
                  "package " + quote(name) + " is in " + (*twin)->path().string() + " too",
                  "one file for each version of a package was expected"}});
    }
}

const component_list& catalogue::state::load(loadable_package& package)
{
    if (package.is_tried())
        return package.components();
    if (auto refused = package.load(mapped_, exchanged_))
        refusals_.push_back({package.stamp().package, package.stamp().version, package.place(),
                             *std::move(refused)});
    return package.components();
}

/// Returns whether a package would stand in for one that is refused.
bool catalogue::state::stands_in(const loadable_package& package, std::string_view pin) const
{
    return std::any_of(refusals_.begin(), refusals_.end(),
                       [&](const refusal& each) { return comes_before(each, package, pin); });
}

catalogue::catalogue(std::vector<package_place> places, exchanged_function exchanged, mapped what)
    : state_(std::make_unique<state>(std::move(places), std::move(exchanged), what))
{
}

catalogue::~catalogue() = default;

std::shared_ptr<const component_type> catalogue::find(std::string_view id, std::string_view pin)
{
    return state_->find(id, pin);
}

component_list catalogue::all()
{
    return state_->all();
}

std::vector<problem> catalogue::refusals() const
{
    return state_->refusals(std::nullopt);
}

std::vector<problem> catalogue::refusals(std::string_view package) const
{
    return state_->refusals(package);
}

std::vector<problem> catalogue::warnings() const
{
    return state_->warnings();
}

std::vector<found_package> catalogue::packages() const
{
    return state_->packages();
}

void catalogue::rescan()
{
    state_->rescan();
}

} // namespace penstock::host
