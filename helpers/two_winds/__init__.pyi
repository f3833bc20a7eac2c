# The names that lessons use and where each stands. Editors read this file; so does lazy_loader.
from .charts.alliance.aid import loans as loans, plants as plants
from .charts.alliance.liaodong import liaodong_map as liaodong_map
from .charts.alliance.relations import relations_curve as relations_curve
from .charts.alliance.people import people_on_the_way as people_on_the_way
from .charts.common.chart import save as save, show as show
from .charts.common.lines import lines as lines
from .charts.common.map import places_map as places_map
from .charts.common.rows import rows as rows
from .charts.common.select import pick as pick
from .charts.common.select import value as value
from .charts.common.style import house as house
from .charts.common.timeline import timeline as timeline
from .charts.farming.herd import herd_campaign as herd_campaign
from .charts.farming.pairs import three_pairs as three_pairs
from .charts.farming.per_head import like_for_like as like_for_like
from .charts.farming.plans import (
    grain_counts as grain_counts,
    plan_1965 as plan_1965,
    price_rises as price_rises,
)
from .charts.farming.roads import roads as roads
from .charts.great_leap.claims_of_1958 import behind_britain as behind_britain, claimed as claimed
from .charts.great_leap.famine import death_rates as death_rates, excess_deaths as excess_deaths
from .charts.great_leap.ladder import ladder as ladder
from .charts.great_leap.levy import harvest_and_levy as harvest_and_levy
from .charts.great_leap.reporting import reported_up as reported_up
from .charts.moscow.conference import two_conferences as two_conferences, who_came as who_came
from .charts.moscow.declaration import outcomes as outcomes, who_would_sign as who_would_sign
from .charts.nuclear.arsenals import balance as balance, warheads as warheads
from .charts.nuclear.missiles import feared as feared
from .charts.nuclear.print_dates import written_down as written_down
from .charts.production.comparison import ratio as ratio, rivals as rivals
from .charts.production.growth import extrapolation as extrapolation, overtaking as overtaking
from .charts.production.race import race as race
from .charts.production.report_card import report_card as report_card
from .charts.production.score import score as score
from .charts.source_criticism.claims import verdicts as verdicts
from .charts.source_criticism.questions import moves as moves
from .charts.space.attempts import attempts as attempts, missile_flights as missile_flights
from .charts.space.firsts import firsts_by_kind as firsts_by_kind
from .charts.space.ground_track import track as track
from .charts.space.launch_lists import coverage as coverage, launch_race as launch_race
from .charts.space.masses import masses as masses
from .charts.space.passes import passes as passes
from .charts.space.polls import polls as polls
from .charts.split.counts import trade_read as trade_read, withdrawn as withdrawn
from .charts.split.quarrels import quarrel_map as quarrel_map
from .charts.split.turning import turning_years as turning_years
from .charts.split.votes import split_votes as split_votes
from .datasets import cite as cite, load as load, passport as passport
from .models.declaration import (
    moscow_draft as moscow_draft,
    objections as objections,
    real_text as real_text,
    signatures as signatures,
)
from .models.growth import (
    growth_rate as growth_rate,
    project as project,
    required_rate as required_rate,
    year_of_overtaking as year_of_overtaking,
)
from .models.orbits import period_minutes as period_minutes, speed_km_s as speed_km_s
from .models.reporting import (
    even_addition as even_addition,
    left_over as left_over,
    passed_up as passed_up,
)
from .practice import (
    check as check,
    copy_lessons as copy_lessons,
    hint as hint,
    progress as progress,
    received as received,
)
from .start_page.lesson_map import lesson_map as lesson_map
from .start_page.self_check import self_check as self_check
from .texts.compare import compare_texts as compare_texts, what_they_say as what_they_say
from .texts.documents import document as document
from .texts.glossary import who as who, words as words
from .texts.quotations import quote as quote
from .widgets.alliance import relations_desk as relations_desk
from .widgets.farming import herd_desk as herd_desk
from .widgets.great_leap import ladder_desk as ladder_desk, reporting_desk as reporting_desk
from .widgets.moscow import declaration_desk as declaration_desk
from .widgets.nuclear import reading_desk as reading_desk
from .widgets.prediction import predict as predict
from .widgets.production import gosplan_desk as gosplan_desk
from .widgets.source_criticism import ruling_desk as ruling_desk
from .widgets.space import orbit_desk as orbit_desk
from .widgets.split import (
    turning_desk as turning_desk,
    vote_desk as vote_desk,
)
