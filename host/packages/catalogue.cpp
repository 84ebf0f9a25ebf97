// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/catalogue.hpp"

#include "host/packages/library.hpp"
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

using component_list = std::vector<std::shared_ptr<const component_type>>;

/// A package that may be loaded, and what came of it.
struct candidate
{
    stamped_package package;
    std::size_t place = 0;
    bool tried = false;
    component_list components; ///< empty if it was refused
    bool refused = false;
};

struct refusal
{
    std::string package; ///< as its stamp says, or its file's name
    problem why;
};

std::vector<std::filesystem::path> libraries_in(const std::filesystem::path& folder,
                                                std::error_code& error)
{
    std::vector<std::filesystem::path> files;
    std::filesystem::directory_iterator each(folder, error);
    for (; !error && each != std::filesystem::directory_iterator(); each.increment(error))
        if (each->path().extension() == ".so" && !each->path().filename().string().starts_with('.'))
            files.push_back(each->path());
    std::sort(files.begin(), files.end()); // the order of a folder is anybody's guess
    return files;
}

/// The folders NAME@VERSION in a folder, each of a package with what it brought along.
std::vector<std::filesystem::path> package_folders_in(const std::filesystem::path& folder,
                                                      std::error_code& error)
{
    std::vector<std::filesystem::path> folders;
    std::filesystem::directory_iterator each(folder, error);
    for (; !error && each != std::filesystem::directory_iterator(); each.increment(error))
    {
        const std::string name = each->path().filename().string();
        std::error_code unreadable;
        if (name.find('@') != name.npos && name.front() != '.' && each->is_directory(unreadable))
            folders.push_back(each->path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

/// Examines a file again that could not be loaded; nothing if it is the one that was examined, or no
/// other file of that package.
std::optional<stamped_package> exchanged_for(const stamped_package& package)
{
    boost::system::result<stamped_package, problem> now = examine_package(package.path);
    if (now.has_error() || now->identity == package.identity ||
        now->stamp.package != package.stamp.package)
        return std::nullopt;
    return *std::move(now);
}

/// The newest first.
bool is_newer(const std::shared_ptr<candidate>& a, const std::shared_ptr<candidate>& b)
{
    return compare_versions(a->package.stamp.version, b->package.stamp.version) > 0;
}

} // namespace

class catalogue::state
{
public:
    state(std::vector<package_place> places, exchanged_function exchanged)
        : places_(std::move(places)), exchanged_(std::move(exchanged))
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
    using candidates = std::map<std::string, std::vector<std::shared_ptr<candidate>>, std::less<>>;

    void scan();
    void scan(std::size_t place,
              std::map<std::filesystem::path, std::shared_ptr<candidate>>& known);
    void take(const std::string& name, std::vector<std::shared_ptr<candidate>>& same_name);
    const component_list& load(candidate& candidate);

    const std::vector<package_place> places_;
    const exchanged_function exchanged_;
    mutable std::mutex mutex_;
    std::set<std::filesystem::path> loaded_; ///< since the beginning
    candidates found_; ///< by package; for each in the order of the places, there the newest first
    std::vector<refusal> refusals_;
    std::vector<problem> warnings_;
};

std::shared_ptr<const component_type> catalogue::state::find(std::string_view id,
                                                             std::string_view pin)
{
    const std::string_view package = id.substr(0, id.find('/'));
    const std::size_t at = pin.find('@');
    const std::lock_guard lock(mutex_);
    const auto same_name = found_.find(package);
    if (same_name == found_.end() || (!pin.empty() && pin.substr(0, at) != package))
        return nullptr;
    const auto is_pinned = [&](const candidate& each)
    { return at == pin.npos || satisfies(each.package.stamp.version, pin.substr(at + 1)); };
    for (const std::shared_ptr<candidate>& each : same_name->second)
    {
        if (!is_pinned(*each))
            continue;
        const component_list& components = load(*each);
        if (each->refused || !is_pinned(*each)) // it may have been exchanged
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
        for (const std::shared_ptr<candidate>& each : same_name)
        {
            const component_list& components = load(*each);
            types.insert(types.end(), components.begin(), components.end());
            if (!each->refused)
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
        if (!package || each.package == *package)
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
        for (const std::shared_ptr<candidate>& each : same_name)
            if (!each->refused)
                list.push_back(
                    {each->package.stamp, each->package.path, std::exchange(hidden, true)});
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
    std::map<std::filesystem::path, std::shared_ptr<candidate>> known;
    for (const auto& [package, same_name] : found_)
        for (const std::shared_ptr<candidate>& each : same_name)
            known.emplace(each->package.path, each);
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
            if (same_name[i]->place != same_name[0]->place) // side by side is how versions are kept
                warnings_.emplace_back(same_name[i]->package.path.string(), "",
                                       "package " + quote(package) + " is hidden by " +
                                           same_name[0]->package.path.string(),
                                       "");
}

void catalogue::state::scan(std::size_t place,
                            std::map<std::filesystem::path, std::shared_ptr<candidate>>& known)
{
    const std::filesystem::path& folder = places_[place].folder;
    const auto refuse_folder = [&](problem why) { refusals_.push_back({"", std::move(why)}); };
    std::error_code error;
    if (!std::filesystem::exists(folder, error))
    {
        if (places_[place].must_exist)
            refuse_folder(
                {folder.string(), {}, "is not there", "a folder of packages was expected"});
        return;
    }
    if (std::optional<problem> wrong = check_folder(folder))
        return refuse_folder(*std::move(wrong));

    std::map<std::string, std::vector<std::shared_ptr<candidate>>> here;
    std::vector<std::filesystem::path> libraries = libraries_in(folder, error);
    for (const std::filesystem::path& own : package_folders_in(folder, error))
    {
        if (std::optional<problem> wrong = check_folder(own))
        {
            refuse_folder(*std::move(wrong));
            continue;
        }
        std::error_code unreadable;
        for (std::filesystem::path& file : libraries_in(own, unreadable))
            libraries.push_back(std::move(file));
    }
    for (const std::filesystem::path& file : libraries)
    {
        auto package = examine_package(file);
        if (package.has_error())
        {
            refusals_.push_back({file.stem().string(), package.error()});
            continue;
        }
        auto entry = std::make_shared<candidate>();
        if (const auto same = known.find(package->path);
            same != known.end() && same->second->package.identity == package->identity &&
            !same->second->refused)
            *entry = *same->second; // loaded once is loaded for good
        else
            entry->package = *std::move(package);
        entry->place = place;
        here[entry->package.stamp.package].push_back(std::move(entry));
    }
    if (error)
        refuse_folder({folder.string(), {}, "cannot be read: " + error.message(), {}});
    for (auto& [name, same_name] : here)
        take(name, same_name);
}

/// Takes the packages of one name and one place, the newest first; of two of one version nobody
/// knows which one is meant, so neither is taken.
void catalogue::state::take(const std::string& name,
                            std::vector<std::shared_ptr<candidate>>& same_name)
{
    std::stable_sort(same_name.begin(), same_name.end(), is_newer);
    for (std::size_t i = 0; i < same_name.size(); ++i)
    {
        const auto twin = std::find_if(same_name.begin(), same_name.end(),
                                       [&](const auto& other)
                                       {
                                           return other != same_name[i] &&
                                                  other->package.stamp.version ==
                                                      same_name[i]->package.stamp.version;
                                       });
        if (twin == same_name.end())
            found_[name].push_back(same_name[i]);
        else
            refusals_.push_back(
                {name,
                 {same_name[i]->package.path.string(),
                  {},
                  "package " + quote(name) + " is in " + (*twin)->package.path.string() + " too",
                  "one file for each version of a package was expected"}});
    }
}

const component_list& catalogue::state::load(candidate& candidate)
{
    if (std::exchange(candidate.tried, true))
        return candidate.components;
    const bool first = loaded_.insert(candidate.package.path).second;
    auto loaded = load_package(candidate.package, first ? file_name::fresh : file_name::used);
    if (loaded.has_error())
        if (std::optional<stamped_package> now = exchanged_for(candidate.package))
        {
            candidate.package = *std::move(now);
            if (exchanged_)
                exchanged_({candidate.package.path.string(),
                            {},
                            "was exchanged before it was loaded, so it is read again",
                            {}});
            loaded = load_package(candidate.package, file_name::used);
        }
    if (loaded.has_value())
        candidate.components = *std::move(loaded);
    else
    {
        candidate.refused = true;
        refusals_.push_back({candidate.package.stamp.package, loaded.error()});
    }
    return candidate.components;
}

catalogue::catalogue(std::vector<package_place> places, exchanged_function exchanged)
    : state_(std::make_unique<state>(std::move(places), std::move(exchanged)))
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
