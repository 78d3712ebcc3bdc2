/// Words of everyday English and of every clinical note, which are no misspelled terms however near they come.
enum CommonWords {
    /// Whether a folded word is a common one.
    static func contains(_ word: UnsafeRawBufferPointer) -> Bool {
        words.contains(String(decoding: word, as: UTF8.self))
    }

    private static let words: Set<String> = {
        let folded = FoldedWords(term: text)
        return Set((0..<folded.count).map { folded[$0] })
    }()

    private static let text = """
        ability absence absolute absolutely abundant academic accept acceptable accepted access accident accompanied
        accompany accomplish according accordingly account accurate accurately achieve achieved achieving acquire acquired
        across actively activities activity actually addition additional additionally address addressed adequate
        adequately adhere adherence adjust adjusted adjustment administer administered administration admission admitted
        adolescent advance advanced advantage adverse advice advised affected affecting afternoon against agency aggressive
        agreeable agreed agreement airport alcohol alcoholic alleged allowed allowing almost already alternate alternative
        although altogether always ambulance ambulate ambulated ambulating ambulatory amongst amounts analyses analysis
        analyze ancient animals announced another answered antecedent anterior anteriorly anticipate anticipated anxious
        anybody anymore anything anyway anywhere apartment apparent apparently appeared appearing appears appetite
        applied applies approach approached appropriate appropriately approval approved approximate approximately
        arguments arranged arrangement arrival arrived arriving article asked aspects assessed assessing assessment
        assigned assist assistance assistant assisted associate associated association assume assumed assuming assured
        athlete attached attained attempt attempted attempting attempts attended attending attention attitude attributed
        audible average avoidance avoided avoiding awakened aware awareness awkward

        backward balance balanced baseline bathing bathroom because becomes becoming bedroom bedside bedtime before
        beginning behavior behavioral believe believed believes belonging beneath beneficial benefit benefits between
        beyond bilateral bilaterally billing birthday borderline borders bothered bottles boundary breakfast breathing
        briefly brother brothers brought building business bystander

        calculate calculated calculation calling candidate capable capacity careful carefully caregiver carried carrying
        categories category caution cautious central centrally certain certainly challenge challenges changed changes
        changing character characteristic characterized charges checked checking chemical children circumstance classes
        cleaned clearance cleared clearing clearly clinic clinical clinically clinician closely closure clothes clothing
        coached collapse collapsed colleague collected collecting collection combination combined comfort comfortable
        comfortably coming comment comments commercial common commonly communicate communicated communication community
        company comparable compare compared comparing comparison compatible complain complained complaining complains
        complaint complaints complete completed completely completing completion complex compliance compliant complicated
        complication complications component components comprehensive compression concern concerned concerning concerns
        conclude concluded conclusion condition conditions conduct conducted confirm confirmed confirming conflict
        confused connected consecutive consent consented consequence consequently consider considerable considerably
        consideration considered considering consistent consistently consists constant constantly constructed consult
        consultant consultation consulted consume consumed consumption contact contacted contacts contain contained
        container contains content contents context continue continued continues continuing continuous continuously
        contrast contribute contributed contributing contribution control controlled controlling controls convenient
        conventional conversation converted convinced cooperate cooperative coordinate coordinated coordination
        correct corrected correction correctly correlate correlated correlation corresponding council counsel counseled
        counseling country couple courses coverage covered covering created critical critically crossed crowded
        cultural current currently customary

        damaged dangerous daughter daughters deceased december decided decision decisions declined decline decrease
        decreased decreases decreasing dedicated deeper deficit deficits definite definitely definitive degree degrees
        delayed delivered delivery demonstrate demonstrated demonstrates demonstrating denied density depend dependence
        dependent depending depends described describes describing description desired despite destination detailed
        details detected detection determine determined determining develop developed developing development device
        devices diagnose diagnosed diagnosis diagnostic dictated dictation difference differences different differential
        differently difficult difficulties difficulty dimension dimensions diminished dinner direct directed direction
        directly director disability disabled disappear disappeared discharge discharged discharges discomfort
        discontinue discontinued discovered discuss discussed discussing discussion disease diseases display displayed
        disposition distance distant distinct distress distributed distribution disturbance divided doctors document
        documentation documented domestic dominant doubled doubtful dressed dressing driving dropped duration

        earlier earliest easily economic education educated effect effective effectively effectiveness effects efficacy
        efficient efforts eighteen either elderly elected elective electronic element elements elevated elevation
        eleven eliminate eliminated elsewhere emergency emergent emergently emotional emphasis emphasized employed
        employee employment enabled encounter encountered encourage encouraged encouraging endorsed endorses energy
        engaged enhanced enhancement enjoyed enlarged enough enrolled ensured entered entering entire entirely
        environment episode episodes equally equipment equivalent escorted especially essential essentially established
        estimate estimated evaluate evaluated evaluating evaluation evening eventual eventually everybody everyday
        everyone everything everywhere evidence evident exacerbated exactly examination examine examined examiner
        examining example examples excellent except exception excessive excessively exchange excited excluded excluding
        exclusion exercise exercises exercising exhibit exhibited existing expect expected expecting expense experience
        experienced experiences experiencing expired explain explained explanation explore explored exposed exposure
        express expressed expressing extend extended extending extends extension extensive extensively extent external
        externally extreme extremely extremities extremity

        facility factors failure failed fairly falling familiar families family farther fashion fasting father fathers
        favorable feature features federal feeding feeling feelings feeling female fifteen figures filling finally
        financial finding findings finger fingers finished fitting flexible floated follow followed following follows
        followup forced foreign forever forgets forgotten formation formed formerly forward fourteen fourth fraction
        freedom freely frequency frequent frequently friendly friends function functional functioning functions
        further furthermore future

        gained gathered general generalized generally generated gentleman gently getting girlfriend grabbed gradual
        gradually graduate graduated grandfather grandmother greater greatest greatly grossly grounds grouped growing
        growth guarded guidance guided guideline guidelines

        handled handling happened happening happens hardware harmful having heading healing healthy hearing heavily
        helped helpful helping herself hesitant highest highly himself histories history holding holiday hospital
        hospitalization hospitalized hospitals household housing however hundred husband hygiene

        identical identified identifies identify identifying identity illness illnesses imaging immediate immediately
        impact impacted impaired impairment implanted important importance impression improve improved improvement
        improves improving inability inactive inadequate incidence incident incidental incidentally include included
        includes including inclusion incomplete increase increased increases increasing increasingly independent
        independently index indicate indicated indicates indicating indication indications individual individually
        individuals induced infant inferior inferiorly influence inform information informed infrequent ingested
        ingestion initial initially initiate initiated initiation injured injuries injury inpatient inquired inserted
        insertion inside insisted inspected inspection instance instead institute institution instruct instructed
        instruction instructions instrument insurance intact intake intended intense intensity intensive intention
        interact interaction interest interested interesting interfere interim interior intermittent intermittently
        internal internally international interpret interpretation interpreted interpreter interval intervals
        intervention interventions interview interviewed introduced investigate investigated investigation involve
        involved involvement involves involving irregular irritated isolated itself

        january judgment junction justified keeping kitchen knowing knowledge

        labored laboratories laboratory lacking language largely largest lateral laterally latest leading learned
        learning leaving lecture legally lengthy letters levels liberal library license lifestyle lifting lighter
        likelihood limited limiting listed listened listening listing literature located location locations longer
        looking losing lowered lowest lunch lying

        machine magnitude mainly maintain maintained maintaining maintenance majority making management managed manager
        managing manifested manner manually margins marginal marked markedly married massive matched material materials
        matters maximal maximally maximum meaning meaningful measure measured measurement measurements measures measuring
        mechanism mechanical medical medically medicate medicated medicating medication medications medicine medicines
        meeting members memory mention mentioned message method methods middle military minimal minimally minimize
        minimum minutes missing mistake mixture moderate moderately modified moment moments monitor monitored
        monitoring month monthly morning mornings mother mothers motion motivated movement movements moving multiple
        mutual myself

        narrowed narrowing national natural nature nearest nearly necessarily necessary necessitated needed negative
        neither nervous network neutral nevertheless newborn nighttime nineteen nobody nondistended nontender normal
        normally nothing noticed noticing november nowhere nuisance number numbers numerous nursing

        obligated observation observe observed observing obtain obtained obtaining obvious obviously occasion
        occasional occasionally occasions occupation occupational occurred occurrence occurring occurs october
        offered office officer offices ongoing operate operated operating operation operations operative opinion
        opportunity opposed opposite optimal options ordered orders ordinary organization organized orientation
        oriented original originally otherwise ourselves outcome outcomes outpatient outside overall overdose overlying
        overnight overview ownership

        package packages packing painful painless parameter parameters parents partial partially participate
        participated participating participation particular particularly partner passage passed passing passive
        patience patient patients pattern patterns peaceful percent percentage perfect perfectly perform performance
        performed performing perhaps periods peripheral peripherally permanent permanently permission permitted persist
        persisted persistent persistently persists personal personally personnel pharmacy phone physical physically
        physician physicians picture pictures placed placement placing planned planning plastic playing pleasant
        pleased pleasure pointed points police policy popular population portion portions position positioned positions
        positive positively possess possible possibility possibly posterior posteriorly potential potentially practice
        practices preceded preceding precise precisely preclude predominant predominantly prefer preferred pregnant
        preliminary premature preparation prepare prepared preparing prescribe prescribed prescriber prescribing
        prescription prescriptions presence present presentation presented presenting presently presents preserved
        pressure prevent prevented preventing prevention preventive previous previously primarily primary principal
        printed priority private probable probably problem problems procedure procedures proceed proceeded process
        processed processes produce produced producing product production productive products profession professional
        professor profile profound program programs progress progressed progressing progression progressive
        progressively prolonged prominent promote promptly pronounced proper properly property prophylactic
        proportion proposed protect protected protecting protection protective protein protocol proved provide provided
        provider providers provides providing provoked proximal proximally psychological publication published
        purchased purpose purposes pursued pushing putting

        qualified quality quantity quarter question questionable questioned questions quickly quietly quitting

        radiate radiated radiates radiating radiation rapidly rarely rather reached reaching reaction reactions reactive
        readily reading readings reality realized really reason reasonable reasonably reasons reassess reassured
        receive received receives receiving recent recently recognize recognized recommend recommendation
        recommendations recommended recommending recommends reconcile record recorded recording records recover
        recovered recovering recovery recurred recurrence recurrent reduce reduced reducing reduction refer reference
        referral referred referring reflect reflected reflects refused refuses regard regarding regardless regimen
        region regional regions registered regular regularly regulated rehabilitation related relation relationship
        relative relatively relatives relaxed release released relevant reliable relief relieve relieved relieves
        relieving remain remainder remained remaining remains remarkable remarkably remember remembers remote removal
        remove removed removing render rendered repair repaired repeat repeated repeatedly repeating replace replaced
        replacement replacing report reported reportedly reporting reports represent representative represented
        representing represents request requested requests require required requirement requirements requires
        requiring research reserve residence resident residential residual resist resistance resistant resolution
        resolve resolved resolving resources respect respective respectively respond responded responding response
        responses responsible responsive restart restarted resting restricted restriction result resulted resulting
        results resume resumed retain retained retired retrieved return returned returning returns revealed revealing
        reveals reverse reversed review reviewed reviewing reviews revised rightward roughly rounded routine routinely
        running

        safely salient sample samples satisfactory satisfied saturated saturation scanned schedule scheduled scheduling
        school science sciences scored screened screening seasonal seated secondary seconds section sections secured
        seemingly seizing selected selection sensation sense sensible sensitive sensitivity separate separated separately
        september sequence sequential serially series serious seriously service services serving session sessions
        setting settings settled seventh seventy several severe severely severity sexually shaking shallow shifted
        shifting shortly should shoulder showed showering showing sibling siblings signed significance significant
        significantly similar similarly simple simply simultaneous simultaneously single sister sisters sitting
        situated situation sixteen skilled sleeping slightly slowed slowing slowly smaller smallest smoked smokers
        smoking smoothly snacks socially society soldier solution somebody somehow someone something sometime sometimes
        somewhat somewhere sounded sounds sources southern special specialist specialized specialty specific specifically
        specified specimen specimens speech spending splitting spoken spontaneous spontaneously spouse spread stable
        stability stabilized stages standard standardized standing started starting starts stated statement states
        stating station stations status staying steadily steady stepped stomach stopped stopping storage straight
        strange strategies strategy strength strengthen strengthening stressed stressful stretch stretching strict
        strictly striking strongly structural structure structures student students studied studies studying subject
        subjective subjectively subjects submitted subsequent subsequently substance substances substantial
        substantially success successful successfully sudden suddenly suffered suffering suffers sufficient sufficiently
        suggest suggested suggesting suggestion suggestive suggests suitable summary summer superior superiorly
        supervised supervision supplement supplemental supplementation supplements supplied supplies support supported
        supporting supportive suppose supposed suppress suppressed surface surgeon surgeons surgeries surgery surgical
        surgically surprise surprised surrounding survival survive survived suspect suspected suspicion suspicious
        sustained swallow swallowed swallowing switched switching symptom symptomatic symptomatically symptoms system
        systematic systemic systems

        tablets taking talking targeted teacher teaching technical technically technician technique techniques
        telephone temperature temporarily temporary tendency tender tenderness tending terminal terminated testing
        themselves therapeutic therapies therapist therapy therefore thereafter thinking thinks thirteen thirty
        thorough thoroughly thought thoughts thousand threatened threatening through throughout thursday tightly
        tissue tissues titrate titrated titration today together tolerate tolerated tolerates tolerating tolerance
        tomorrow tonight topical totally touched tracing traditional trained training transfer transferred transferring
        transient transiently transition transitioned translated transport transported traumatic travel traveled
        traveling treatable treated treating treatment treatments tremendous triggered triggers trouble troubles
        tuesday turned turning twelve twenty typical typically

        ultimate ultimately unable unaware uncertain unchanged unclear uncomfortable uncomplicated uncontrolled
        underlying underneath understand understanding understands understood undergo undergoes undergoing undergone
        underwent unexpected unfortunately uniform unilateral unknown unlabored unless unlikely unrelated unremarkable
        unresponsive unspecified unstable unsteady unsuccessful unusual updated updates upgrade upright upsetting
        urgency urgent urgently usually utilize utilized utilizing

        vacation vaccine vaccines validated valuable variable variables variation variety various varying vehicle verbal
        verbalized verbally verified version versus vertical vessels veteran vicinity victims violent visible visibly
        visited visiting visitor visitors visits visual visualize visualized visually vitally voluntary volunteer
        vulnerable

        waiting waking walking wanted warning washing watched watching weakened weaker wearing wednesday weekend
        weekends weekly weighed weighing weighs weight weights welcome whatever whenever whereas wherever whether
        whichever whoever willing winter within without witness witnessed wondering working workload workplace
        workup worried worries worrying worsen worsened worsening worsens writing written wrong yearly yellow
        yesterday younger youngest yourself
        """
}
